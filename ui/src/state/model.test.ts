// What the reducer promises: numbered events are applied once, holes are noticed, histories are bounded.
import { describe, expect, it } from 'vitest';
import { node, snapshot } from '../../dev/fixtures';
import type { Change } from '../ipc/generated';
import { MOST_SAMPLES } from './history';
import { fromSnapshot, reduce } from './model';

const start = () => fromSnapshot(snapshot({ revision: 7, nodes: [node('a', 'mainnet', {})] }), null);
const usage = (cpu: number): Change => ({ kind: 'usage', machine: start().machine, nodes: [{ node: 'a', cpu_percent: cpu, memory_bytes: null, disk_bytes: null, net_in_rate: null, net_out_rate: null, disk_read_rate: null, disk_write_rate: null }] });

describe('reduce', () => {
  it('ignores an event that the snapshot already holds', () => {
    const model = start();
    expect(reduce(model, { revision: 7, change: { kind: 'node_gone', id: 'a' } }, 0)).toEqual({ model, gap: false });
  });

  it('asks for the snapshot again on a hole, and leaves the model alone', () => {
    const model = start();
    expect(reduce(model, { revision: 9, change: { kind: 'node_gone', id: 'a' } }, 0)).toEqual({ model, gap: true });
  });

  it('replaces a node in its place and adds a new one at the end', () => {
    const stopped = node('a', 'mainnet', { state: 'stopped' });
    const first = reduce(start(), { revision: 8, change: { kind: 'node', node: stopped } }, 0).model;
    const second = reduce(first, { revision: 9, change: { kind: 'node', node: node('b', 'signet', {}) } }, 0).model;
    expect(second.nodes.map((each) => [each.id, each.status.state])).toEqual([['a', 'stopped'], ['b', 'ready']]);
    expect(second.revision).toBe(9);
  });

  it('forgets the history of a node that is gone', () => {
    const used = reduce(start(), { revision: 8, change: usage(12) }, 1000).model;
    const gone = reduce(used, { revision: 9, change: { kind: 'node_gone', id: 'a' } }, 0).model;
    expect(gone.nodes).toEqual([]);
    expect(gone.usage).toEqual({});
  });

  it('keeps a bounded history', () => {
    let model = start();
    for (let revision = 8; revision < 8 + 2 * MOST_SAMPLES; revision += 1) model = reduce(model, { revision, change: usage(revision) }, revision).model;
    expect(model.usage['a']).toHaveLength(MOST_SAMPLES);
    expect(model.usage['a']?.at(-1)?.cpu).toBe(7 + 2 * MOST_SAMPLES);
  });

  it('counts wallet changes so that lists are fetched again', () => {
    const model = start();
    expect(reduce(model, { revision: 8, change: { kind: 'wallets' } }, 0).model.walletsChanged).toBe(model.walletsChanged + 1);
  });
});

describe('fromSnapshot', () => {
  it('keeps histories of nodes that are still there', () => {
    const used = reduce(start(), { revision: 8, change: usage(50) }, 1).model;
    expect(fromSnapshot(snapshot({ revision: 20, nodes: [node('a', 'mainnet', {})] }), used).usage['a']).toHaveLength(1);
    expect(fromSnapshot(snapshot({ revision: 20, nodes: [] }), used).usage).toEqual({});
  });
});
