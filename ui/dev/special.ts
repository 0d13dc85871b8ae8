// Nodes in the rarer states: on the move, held back, at the end of a release, needing each other, run by somebody else.
import type { MachineView, NodeView } from '../src/ipc/generated';
import { catalog, electrs } from './catalog';
import { GB, machine, node, now } from './fixtures';

const quiet = { progress: null, stage: null };
const DAY_S = 86_400;

/** A machine that is short of everything. */
export const tight: MachineView = {
  ...machine, on_battery: true, metered: true,
  disks: [
    { ...machine.disks[0]!, available: 24 * GB, level: 'low', full_in_low_s: 2 * DAY_S, full_in_high_s: 4 * DAY_S, advice: 'Free some now: nodes on it are stopped before it is full.' },
    { ...machine.disks[1]!, available: 310 * GB, level: 'filling', full_in_low_s: 20 * DAY_S, full_in_high_s: 25 * DAY_S, advice: 'Keep only the newest blocks, or move the data to another disk.' },
  ],
};

function of(client: string, id: string, network: string, status: Parameters<typeof node>[2], more: Partial<NodeView> = {}): NodeView {
  const entry = catalog.find((each) => each.id === client);
  const made = node(id, network, status, more);
  return { ...made, client, client_name: entry?.name ?? client, chain: entry?.chain ?? client, version: entry?.version ?? null };
}

/** One node in each of the rarer states. */
export const special: NodeView[] = [
  node('bitcoin-mainnet', 'mainnet', { state: 'moving', stage: null, progress: 41.2, moved_bytes: 164.3 * GB, move_bytes: 398.4 * GB }, { move_phase: 'copying' }),
  of('zebra', 'zcash', 'mainnet', { state: 'expired', ...quiet, why: 'Zebra 4.1.0 halts at block 3,684,728, so that nobody follows an outdated chain' }, { update_available: true }),
  of('monerod', 'monero', 'mainnet', { state: 'paused', ...quiet, why: 'this computer runs on its battery; it goes on once it is plugged in' }),
  of('ethereum', 'ethereum', 'mainnet', { state: 'syncing', progress: null, stage: 'state', why: 'fetched 212 million accounts and 1.1 billion storage slots; nobody can tell how many there are' }, { height: 0, target: null }),
  of('electrs', 'electrs', 'mainnet', { state: 'starting', ...quiet, why: 'waits for bitcoin-mainnet, which is stopped' }, { needs: ['bitcoin-mainnet'], services: [], height: null, target: null }),
  of('litecoin-core', 'litecoin', 'mainnet', { state: 'stopping', ...quiet, since: now - 192_000, kill_at: now + 738_000 }, { desired: 'stopped' }),
  of('dogecoin-core', 'dogecoin', 'mainnet', { state: 'stopping', ...quiet, since: null, kill_at: now }, { desired: 'stopped' }),
  node('signet-lab', 'signet', { state: 'ready' }, { update_phase: 'fetching', update_available: true }),
  of('kubo', 'kubo', 'mainnet', { state: 'degraded', ...quiet, stage: 'needs-owner', why: 'it waits for its owner: a wallet has to be made or unlocked' }),
];

/** A node with one on top of it, an update to have, a crash behind it, and a node that somebody else runs. */
export const stack: NodeView[] = [
  node('bitcoin-mainnet', 'mainnet', { state: 'ready' }, { height: 924_880, target: 924_880, peers_in: 14, needed_by: ['electrs'], update_available: true, previous_version: '31.0' }),
  of('electrs', 'electrs', 'mainnet', { state: 'syncing', progress: 44.1, stage: 'indexing', eta_low_s: 7200, eta_high_s: 11_000, eta_bound_by: 'disk speed' }, {
    needs: ['bitcoin-mainnet'], height: 407_811, target: 924_880, peers_in: null, peers_out: null, pruned: null, chain_bytes: 24 * GB,
    services: [{ ...node('x', 'mainnet', {}).services[0]!, name: 'electrs', image: `${electrs.images[0]!.repository}:v0.10.10`, digest: electrs.images[0]!.digest ?? '' }],
  }),
  node('studio-node', 'testnet4', { state: 'ready' }, { external: true, services: [], data_dir: '', height: 112_004, target: 112_004 }),
];
