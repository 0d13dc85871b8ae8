// The states that a designer wants to see, each as a snapshot and the wallets beside it.
import type { AppSnapshot, PullView } from '../src/ipc/generated';
import { engine, engineGone, GB, node, noEngine, now, snapshot } from './fixtures';
import { special, stack, tight } from './special';

const MB = 1e6;

export const pull: PullView = {
  image: 'docker.io/bitcoin/bitcoin:31.1', downloaded: 61.4 * MB, total: 118.2 * MB, rate: 4.3 * MB,
  layers: [
    { id: '1b5cc1a2e3d4', phase: 'done', current: 28.2 * MB, total: 28.2 * MB },
    { id: '8e02d7f6aa10', phase: 'extracting', current: 3.1 * MB, total: 6.4 * MB },
    { id: 'c4a97be0513f', phase: 'downloading', current: 26.8 * MB, total: 71.9 * MB },
    { id: '77f0a2c8b9e1', phase: 'downloading', current: 4.4 * MB, total: 11.5 * MB },
    { id: 'e0b1d23fa670', phase: 'waiting', current: 0, total: 0.2 * MB },
  ],
};

const pulling = node('bitcoin-mainnet', 'mainnet', { state: 'pulling', progress: 51.9, stage: null, pull }, {
  height: null, target: null, peers_in: null, peers_out: null, version: null, tip_age_s: null, chain_bytes: null, pruned: null,
  endpoints: [], checked_at: null,
  services: node('x', 'mainnet', {}).services.map((service) => ({
    ...service, state: 'absent', cpu_percent: null, memory_bytes: null, disk_bytes: null, started_at: null, container: null,
  })),
});

const syncing = node('bitcoin-mainnet', 'mainnet', {
  state: 'syncing', progress: 61.42, stage: 'blocks', eta_low_s: 9.2 * 3600, eta_high_s: 13.6 * 3600, eta_bound_by: 'disk speed',
}, { height: 701_224, target: 924_880, tip_age_s: 164_000_000, options: { dbcache: '4096MiB' } });

const ready = node('bitcoin-mainnet', 'mainnet', { state: 'ready' }, { height: 924_880, target: 924_880, peers_in: 14 });
const regtest = node('practice', 'regtest', { state: 'ready' }, { height: 1204, target: 1204, peers_out: 1, chain_bytes: 0.6 * MB, tip_age_s: 22 });
const idle = { peers_in: null, peers_out: null, services: ready.services.map((service) => ({ ...service, state: 'exited', cpu_percent: null, memory_bytes: null })) };

const failed = node('bitcoin-mainnet', 'mainnet', {
  state: 'failed', progress: null, stage: null, why: null,
  fault: {
    code: 'disk-full', message: '', title: 'The disk is full', why: '/mnt/chain has 212 MB free.',
    hints: ['Free some space and start again; nothing was lost.'], params: { path: '/mnt/chain', available: '212 MB' },
  },
}, idle);

const retrying = node('signet-lab', 'signet', {
  state: 'retrying', progress: null, stage: null, retry_at: now + 42_000, attempt: 3,
  fault: {
    code: 'node-crashed', message: '', title: 'The node ended by itself', why: 'bitcoind exited with code 1. Its last words: Error: Unable to bind to 0.0.0.0:38333.',
    hints: ['Read the log for the cause.'], params: {},
  },
}, idle);

const stopping = node('testnet', 'testnet4', { state: 'stopping', progress: null, stage: null, since: now - 192_000, kill_at: now + 738_000 }, { desired: 'stopped' });
const unknown = { state: 'unknown', progress: null, stage: null, why: 'the engine does not answer' };

const scenarios: Record<string, () => AppSnapshot> = {
  'no-engine': () => snapshot({ engine: noEngine }),
  looking: () => snapshot({ engine: { ...engine, state: 'looking', kind: null, version: null } }),
  'first-run': () => snapshot({}),
  pulling: () => snapshot({ nodes: [pulling] }),
  syncing: () => snapshot({ nodes: [syncing, regtest] }),
  ready: () => snapshot({ nodes: [ready, regtest] }),
  failed: () => snapshot({ nodes: [failed, retrying, stopping, node('attic', 'mainnet', { state: 'stopped', progress: null, stage: null }, { ...idle, desired: 'stopped' })] }),
  'engine-gone': () => snapshot({ engine: engineGone, nodes: [{ ...ready, status: { ...ready.status, ...unknown } }, { ...regtest, status: { ...regtest.status, ...unknown } }] }),
  states: () => snapshot({ nodes: special, machine: tight }),
  stack: () => snapshot({ nodes: stack, machine: tight }),
  wallets: () => snapshot({ nodes: [ready, regtest] }),
  many: () => snapshot({ nodes: Array.from({ length: 200 }, (_, index) => node(`node-${index}`, 'signet', index % 3 === 0 ? { state: 'syncing', progress: (index * 7) % 100, stage: 'blocks' } : {}, { chain_bytes: index * GB })) }),
};

/** The snapshot of a scenario; an unknown name gives the first run. */
export function scenario(name: string): AppSnapshot {
  return (scenarios[name] ?? (() => snapshot({})))();
}
