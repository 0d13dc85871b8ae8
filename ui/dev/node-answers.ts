// Answers about changing, updating, moving and looking back at a node.
import type {
  AdoptableList, AdoptableRequest, ChangePreview, ChangeRequest, CrashList, MachineHistory, NodeHistory, NodeView, UpdatePreview,
  UsagePoint,
} from '../src/ipc/generated';
import { catalog } from './catalog';
import { GB, now } from './fixtures';

const order = ['none', 'restart', 'reindex', 'resync', 'never'];
const costs: Record<string, [effect: string, because: string | null]> = {
  on_battery: ['none', 'It is looked at when the power changes.'],
  schedule: ['none', 'It is looked at every minute.'],
  txindex: ['reindex', 'The index is built from all blocks: 6 to 12 hours on this disk, meanwhile the node answers.'],
  storage: ['resync', 'Blocks that were dropped have to be downloaded again: some 800 GB.'],
};

/** What a change would mean. */
export function changePreview({ node: id, options }: ChangeRequest, nodes: readonly NodeView[]): ChangePreview {
  const found = nodes.find((each) => each.id === id);
  const entry = catalog.find((each) => each.id === found?.client);
  const changes = Object.entries(options).map(([key, value]) => {
    const option = entry?.options.find((each) => each.id === key);
    const [effect, because] = costs[key] ?? ['restart', null];
    const heavy = key === 'storage' && value === 'pruned' ? 'restart' : effect;
    return { option: key, label: option?.label ?? key, from: found?.options[key] ?? option?.default ?? '', to: value === '' ? (option?.default ?? '') : value, effect: heavy, because: heavy === effect ? because : 'Old blocks are dropped after the restart; they cannot be brought back without downloading them again.' };
  });
  const effect = changes.reduce((worst, change) => (order.indexOf(change.effect) > order.indexOf(worst) ? change.effect : worst), 'none');
  return {
    node: id, changes, effect, restarts: effect === 'none' ? [] : (found?.needed_by ?? []),
    findings: options['storage'] === 'pruned' && found?.needed_by.includes('electrs') ? [{ severity: 'blocker', check: 'needs', message: 'electrs reads every block of this node.', hint: 'Remove electrs first.', code: 'need-unmet', fixes: [] }] : [],
  };
}

/** What an update would change. */
export function updatePreview(found: NodeView): UpdatePreview {
  const [service] = found.services;
  const version = service?.image.split(':').at(-1) ?? '';
  const entry = catalog.find((each) => each.id === found.client);
  const step = { service: service?.name ?? '', from_version: version, from_digest: service?.digest ?? '' };
  return {
    node: found.id, available: found.update_available, data: entry?.id === 'bitcoin-core' ? 'one-way' : (entry?.update_data ?? 'unknown'),
    services: found.update_available ? [{ ...step, to_version: '31.2', to_digest: `sha256:${'91be02aa'.repeat(8)}` }] : [],
    note: found.update_available && entry?.id === 'bitcoin-core' ? 'Bitcoin Core 31.2 rewrites the block index at its first start. Version 31.1 cannot read it afterwards.' : null,
    release_notes: 'https://bitcoincore.org/en/releases/31.2/', expires: entry?.expires ?? null,
    previous: found.previous_version === null ? null : [{ ...step, to_version: found.previous_version, to_digest: `sha256:${'440fd1c8'.repeat(8)}` }],
    rollback_refused: null,
  };
}

/** The last crashes. */
export function crashes(found: NodeView): CrashList {
  if (found.status.state !== 'retrying' && found.previous_version === null) return { crashes: [] };
  const line = (index: number) => `2026-11-21T03:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}Z UpdateTip: new best=00000000000000000001${(index * 7919).toString(16)} height=${924_100 + index} progress=0.99${index}`;
  const lines = Array.from({ length: 199 }, (_, index) => line(index));
  return {
    crashes: [
      { service: 'bitcoind', at: now - 31 * 3_600_000, why: 'It ended with code 137: the system ended it because memory ran short.', lines: [...lines, '2026-11-21T03:03:20Z Flushing chainstate'] },
      { service: 'bitcoind', at: now - 90 * 3_600_000, why: 'It ended with code 1.', lines: ['Error: Unable to bind to 0.0.0.0:8333 on this computer.'] },
    ],
  };
}

function usage(hours: number, points: number, scale: number): UsagePoint[] {
  const step = (hours * 3_600_000) / points;
  const wave = (index: number, by: number) => 0.5 + 0.35 * Math.sin(index / by) + 0.15 * Math.sin(index * 1.7);
  return Array.from({ length: points }, (_, index) => {
    const at = now - (points - 1 - index) * step;
    // The machine slept for a while.
    const asleep = index > points * 0.42 && index < points * 0.5;
    const known = (value: number) => (asleep ? null : value);
    return {
      at, cpu_percent: known(Math.max(0, wave(index, 11) * 90 * scale)), memory_bytes: known((1.1 + 0.3 * wave(index, 23)) * GB * scale),
      disk_bytes: known((398 + index * 0.02) * GB), net_in_rate: known(wave(index, 7) * 5e6), net_out_rate: known(wave(index, 17) * 1.4e6),
      disk_read_rate: known(wave(index, 13) * 18e6), disk_write_rate: known(wave(index, 9) * 32e6),
    };
  });
}

/** How a node went. */
export function nodeHistory(found: NodeView, hours: number, points: number): NodeHistory {
  const services = found.external ? [] : found.services.map((service) => ({ service: service.name, points: usage(hours, points, 1) }));
  const target = found.height ?? 0;
  const syncing = found.status.state === 'syncing';
  const span = syncing ? target * 0.4 : hours * 6;
  const sync = target === 0 ? [] : Array.from({ length: points }, (_, index) => {
    const share = index / Math.max(1, points - 1);
    const height = Math.round(target - span * (1 - share ** 0.7));
    return { at: now - (1 - share) * hours * 3_600_000, height, percent: syncing ? (found.status.progress ?? 0) * (0.55 + 0.45 * share) : 100, peers: 8 + (index % 5) };
  });
  return { sync, services };
}

/** How the machine went. */
export function machineHistory(hours: number, points: number): MachineHistory {
  return { points: usage(hours, points, 0.8).map((point) => ({ ...point, disk_bytes: null })) };
}

/** What a node could be made from. */
export function adoptable({ client, folder }: AdoptableRequest): AdoptableList {
  const folders = [
    { client: 'bitcoin-core', folder: '/home/ada/.bitcoin', network: 'mainnet', bytes: 612 * GB, problem: 'Another program uses it: bitcoind, process 4121. Close it first.' },
    { client: 'bitcoin-core', folder: '/mnt/chain/bitcoin-old', network: 'mainnet', bytes: 598 * GB, problem: null },
    { client: 'monerod', folder: '/home/ada/.bitmonero', network: null, bytes: 212 * GB, problem: null },
    ...(folder === null ? [] : [{ client: client ?? 'bitcoin-core', folder, network: 'signet', bytes: 24 * GB, problem: null }]),
  ];
  return {
    folders: folders.filter((each, index, all) => (client === null || each.client === client) && all.findIndex((other) => other.folder === each.folder) === index),
    running: [
      { client: 'bitcoin-core', endpoint: 'bitcoin+http://127.0.0.1:8332', network: 'mainnet', owner: 'bitcoind, process 4121' },
      { client: 'monerod', endpoint: 'monero+http://127.0.0.1:18081', network: null, owner: 'the container `umbrel_monero`' },
    ].filter((each) => client === null || each.client === client),
  };
}
