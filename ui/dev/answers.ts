// Answers of the fake core to commands that are not the snapshot.
import type { ActivityEntry, InstallRequest, LogPage, LogRequest, NodeView, PreflightReport, WalletDiff, WalletView } from '../src/ipc/generated';
import { defaultNeeds } from '../src/lib/needs';
import { bitcoinCore, catalog } from './catalog';
import { GB, now } from './fixtures';
import { dependencies, estimate, speed } from './preflight-parts';
import { diskFixes } from './start-answers';

/** A measurement takes a moment. */
const MEASURE_MS = 1200;

const wallet: WalletView = {
  id: 'sparrow', name: 'Sparrow', network: 'mainnet', found: true, files: ['/home/ada/.sparrow/config'],
  endpoint: 'ssl://blockstream.info:700', provider: 'blockstream.info', hosted: true, node: null, running: false, switchable: 'file',
  why: 'It asks a public Electrum server.', can_revert: false, protocols: ['bitcoin+http', 'electrum+tcp'],
  leftovers: [
    { what: 'fee rates', host: 'mempool.space', off: 'Choose your server under Tools, Fee rates.' },
    { what: 'prices', host: 'api.coingecko.com', off: null },
  ],
  others: [], notes: [], waiting: null, takes_file: false, nodes: ['bitcoin-mainnet'],
  last_used_at: null, use_note: null, attention: null,
};

export const wallets: WalletView[] = [
  wallet,
  { ...wallet, id: 'bitcoin-cli', name: 'Bitcoin Core’s tools', files: ['/home/ada/.bitcoin/bitcoin.conf'], endpoint: 'http://127.0.0.1:28332', provider: 'bitcoin-mainnet', hosted: false, node: 'bitcoin-mainnet', why: 'Every call goes to this machine.', can_revert: true, leftovers: [], last_used_at: now - 12_000, use_note: 'Seen in the node’s log of calls.' },
  { ...wallet, id: 'specter', name: 'Specter', files: ['/home/ada/.specter/nodes/default.json'], endpoint: 'http://127.0.0.1:28332', provider: 'bitcoin-mainnet', hosted: false, node: 'bitcoin-mainnet', running: true, why: 'It asks Bitcoin Core.', can_revert: true, leftovers: [], attention: 'It runs and has not asked `bitcoin-mainnet` since it was switched.' },
  { ...wallet, id: 'sparrow', network: 'signet', files: ['/home/ada/.sparrow/signet/config'], endpoint: null, provider: null, hosted: null, running: true, why: 'It has not been set up on this network.' },
  { ...wallet, id: 'electrum', name: 'Electrum', found: false, files: [], endpoint: null, hosted: null },
  { ...wallet, id: 'wasabi', name: 'Wasabi', found: false, files: [], endpoint: null, hosted: null },
];

export const diff: WalletDiff = {
  wallet: 'sparrow', network: 'mainnet', unchanged: false, exact: false, lacks: [],
  files: [{ file: '/home/ada/.sparrow/config', unchanged: false, is_made: false, goes: false, lines: [
    { kind: 'context', text: '{' }, { kind: 'context', text: '  "mode": "ONLINE",' },
    { kind: 'removed', text: '  "serverType": "PUBLIC_ELECTRUM_SERVER",' }, { kind: 'added', text: '  "serverType": "BITCOIN_CORE",' },
    { kind: 'context', text: '  "publicElectrumServer": "ssl://blockstream.info:700|blockstream.info",' },
    { kind: 'added', text: '  "coreServer": "http://127.0.0.1:28332|bitcoin-mainnet",' },
    { kind: 'added', text: '  "coreAuthType": "USERPASS",' }, { kind: 'added', text: '  "coreAuth": "sparrow:••••••••",' },
    { kind: 'context', text: '  "theme": "DARK"' }, { kind: 'context', text: '}' },
  ] }],
  notes: ['Sparrow makes a watch-only wallet named `cormorant` inside the node.'], blocked: null, endpoint: 'bitcoin+http://127.0.0.1:28332',
};

const say = (id: number, minutesAgo: number, kind: ActivityEntry['kind'], text: string): ActivityEntry => ({ id, at: now - minutesAgo * 60_000, kind, subject: null, text, changes: [] });

export const activity: ActivityEntry[] = [
  { ...say(9, 4, 'wallet', 'Bitcoin Core’s tools were pointed at `bitcoin-mainnet` (height 924,880).'), subject: 'bitcoin-cli', changes: [{ what: 'endpoint', old: null, new: 'bitcoin+http://127.0.0.1:28332' }] },
  say(8, 31, 'node', '`practice` is ready at block 101.'),
  say(7, 33, 'node', '`practice` was installed: Bitcoin Core 31.1 on regtest.'),
  say(6, 190, 'engine', 'The container engine answers again: Docker 28.2.2.'),
  say(5, 192, 'fault', 'The container engine stopped answering: connection refused.'),
  { ...say(4, 1500, 'settings', 'Settings were changed'), changes: [{ what: 'folder for chain data of new nodes', old: '/home/ada/chain', new: '/mnt/chain' }, { what: 'when Freehold quits', old: 'ask', new: 'keep' }] },
  say(3, 1600, 'node', '`bitcoin-mainnet` finished its first sync after 21 h.'),
  say(2, 2900, 'node', '`bitcoin-mainnet` was installed: Bitcoin Core 31.1 on mainnet.'),
];

/** What the core would say about an install. */
export async function preflight(request: InstallRequest, nodes: readonly NodeView[]): Promise<PreflightReport> {
  if (request.measure) await new Promise((done) => setTimeout(done, MEASURE_MS));
  const entry = catalog.find((each) => each.id === request.client) ?? bitcoinCore;
  const network = request.network ?? 'mainnet';
  const { source: _source, ...needs } = defaultNeeds(entry, network, request.options) ?? { ...entry.requirements[0]! };
  const id = entry === bitcoinCore ? 'bitcoin' : entry.id;
  const available = request.data_dir?.startsWith('/mnt') ? 1268 * GB : 171 * GB;
  const short = needs.disk > available;
  const warns = network === 'mainnet' && !short;
  return {
    node: `${id}-${network}`, network, can_install: !short, needs, disk_available: available,
    data_dir: request.adopt ?? request.data_dir ?? `/home/ada/.local/share/freehold/chains/${id}-${network}`,
    findings: [
      ...(short ? [{ severity: 'blocker', check: 'disk', message: `The disk is too small: 171 GB are free, ${Math.round(needs.disk / GB)} GB are needed.`, hint: 'Choose a folder on another disk, or keep only the newest blocks.', code: 'disk-too-small', fixes: diskFixes }] : []),
      ...(warns ? [{ severity: 'warning', check: 'memory', message: '2 GB of memory are wanted; 1.4 GB are free right now.', hint: 'Close other programs during the first sync.', code: null, fixes: [{ kind: 'option', name: 'dbcache', value: '300MiB', also: {}, words: ['Cache', '300 MiB'] }] }] : []),
      { severity: 'note', check: 'clock', message: 'The clock is within 2 seconds of the network’s.', hint: null, code: null, fixes: [] },
    ],
    options: entry.options.map((option) => ({
      id: option.id, value: request.options[option.id] ?? option.default, offered: true,
      because: option.id === 'txindex' && request.options['storage'] === 'pruned' ? 'an index of all transactions needs all blocks' : null,
    })),
    images: entry.images.map((each) => `${each.repository}:${each.tag}@${each.digest ?? `sha256:${'7c41d09e'.repeat(8)}`}`),
    ports: { rpc: 28332, p2p: 28333 },
    dependencies: dependencies(entry, request.needs, nodes),
    disk_speed: request.measure ? speed : null, first_sync: request.measure && needs.download > 0 ? estimate : null,
  };
}

const kinds = [
  (n: number) => `UpdateTip: new best=00000000000000000001${(n * 7919).toString(16)} height=${701_000 + n} version=0x20000000 log2_work=93.1 tx=670121${n} progress=0.6142 cache=431.2MiB(3012211txo)`,
  (n: number) => `New outbound-full-relay v2 peer connected: version: 70016, blocks=924880, peer=${n}`,
  (n: number) => `[warning] Potential stale tip detected, will try using extra outbound peer (last tip update: ${n} seconds ago)`,
  () => '[error] ReadRawBlock: Block magic mismatch for FlatFilePos(nFile=3120, nPos=8)',
  () => 'Saw new header hash=00000000000000000000a8d1 height=924881',
];

let written = 0;

/** A page of a log; a hundred thousand lines when asked for the tail in the large scenario. */
export async function logs(request: LogRequest, many: boolean): Promise<LogPage> {
  const first = request.after === null;
  if (!first) await new Promise((done) => setTimeout(done, 900));
  const count = first ? (many ? 100_000 : 400) : 2;
  const lines = Array.from({ length: count }, () => {
    const n = (written += 1);
    const make = kinds[n % 97 === 0 ? 3 : n % 41 === 0 ? 2 : n % 9 === 0 ? 1 : n % 13 === 0 ? 4 : 0];
    return { at: new Date(Date.now() - (first ? (count - n) * 800 : 0)).toISOString(), stream: 'out', text: make?.(n) ?? '' };
  });
  return { lines, cursor: String(written), live: true };
}
