// Blocks that arrive are kept; a figure that goes back is held while it trembles, and explained when it falls.
import { describe, expect, it } from 'vitest';
import { node } from '../../dev/fixtures';
import type { NodeView, StatusView } from '../ipc/generated';
import { follow, MOST_BLOCKS, type Trail } from './trail';

const at = (height: number, status: Partial<StatusView> = { state: 'ready', progress: 100, stage: 'ready' }, more: Partial<NodeView> = {}) =>
  node('a', 'mainnet', status, { height, target: height, tip_age_s: 10, ...more });
const syncing = (progress: number, height: number, more: Partial<NodeView> = {}, stage = 'blocks') =>
  at(height, { state: 'syncing', progress, stage }, { target: 1000, ...more });

function walk(...looks: NodeView[]) {
  let trail: Trail | undefined;
  let shown = looks[0]!;
  looks.forEach((look, index) => ({ trail, node: shown } = follow(trail, look, 1_000_000 + index * 1000)));
  return { trail: trail!, shown };
}

describe('blocks', () => {
  it('are kept with height, count and time, newest first', () => {
    const { trail } = walk(at(100), at(101), at(104));
    expect(trail.blocks.map((block) => [block.height, block.count])).toEqual([[104, 3], [101, 1], [100, 1]]);
    expect(trail.blocks[0]?.made).toBe(1_002_000 - 10_000);
  });
  it('are bounded, and a look without news adds none', () => {
    expect(walk(...Array.from({ length: 40 }, (_, index) => at(index + 1))).trail.blocks).toHaveLength(MOST_BLOCKS);
    expect(walk(at(5), at(5)).trail.blocks).toHaveLength(1);
  });
  it('that gave way to others are dropped', () => {
    expect(walk(at(100), at(101), at(102), at(101)).trail.blocks.map((block) => block.height)).toEqual([101, 100]);
  });
});

describe('progress', () => {
  it('that trembles is held, and not held for ever', () => {
    expect(walk(syncing(61.42, 614), syncing(61.4, 614)).shown.status.progress).toBe(61.42);
    const slid = walk(syncing(61.42, 614), syncing(61.4, 614), syncing(61.36, 614, { target: 1001 }));
    expect(slid.shown.status.progress).toBe(61.36);
    expect(slid.trail.setback?.kind).toBe('target');
  });
  it('that rises needs no reason', () => expect(walk(syncing(10, 100), syncing(11, 110)).trail.setback).toBeNull());

  it.each<[string, NodeView, NodeView]>([
    ['target', syncing(61, 610), syncing(55, 610, { target: 1100 })],
    ['target', at(1000), syncing(99, 1000, { target: 1010 })],
    ['stage', syncing(99, 0, {}, 'headers'), syncing(1, 5)],
    ['options', syncing(61, 610), syncing(2, 20, { options: { txindex: 'on' } })],
    ['version', syncing(61, 610), syncing(60, 600, { services: [{ ...at(1).services[0]!, digest: 'sha256:other' }] })],
    ['data', syncing(61, 610), syncing(60, 600, { data_dir: '/elsewhere' })],
    ['reindex', syncing(61, 610), syncing(1, 10)],
    ['restart', syncing(61, 610), syncing(58, 580, { services: [{ ...at(1).services[0]!, started_at: Number.MAX_SAFE_INTEGER }] })],
    ['again', at(1, { state: 'pulling', progress: 60, stage: null }), at(1, { state: 'pulling', progress: 40, stage: null })],
    ['unknown', syncing(61, 610), syncing(55, 610)],
  ])('that falls is explained: %s', (kind, before, after) => {
    const { trail, shown } = walk(before, after);
    expect(trail.setback).toMatchObject({ kind, figure: 'progress' });
    expect(shown.status.progress).toBe(after.status.progress);
  });

  it('is compared over a time in which nobody could tell', () => {
    const silent = at(0, { state: 'starting', progress: null, stage: null }, { height: null, target: null });
    const restarted = { services: [{ ...at(1).services[0]!, started_at: Number.MAX_SAFE_INTEGER }] };
    expect(walk(syncing(61, 610), silent, syncing(58, 580, restarted)).trail.setback).toMatchObject({ kind: 'restart', from: 61, to: 58 });
  });
  it('needs its reason no longer once it is back', () => {
    expect(walk(syncing(61, 610), syncing(55, 610), syncing(61.5, 620)).trail.setback).toBeNull();
  });
});

describe('a reorganisation', () => {
  it('is named while the node stays ready', () => {
    expect(walk(at(102), at(100)).trail.setback).toMatchObject({ kind: 'reorg', figure: 'height', from: 102, to: 100 });
  });
});
