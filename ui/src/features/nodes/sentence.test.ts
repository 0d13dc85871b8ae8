// One honest sentence for every state.
import { describe, expect, it } from 'vitest';
import { node } from '../../../dev/fixtures';
import type { NodeView, StatusView } from '../../ipc/generated';
import { isMoving, ringValue, sentence, stopShare } from './sentence';

const say = (status: Partial<StatusView>, now = 0, more: Partial<NodeView> = {}) => {
  const { head, detail } = sentence(node('a', 'mainnet', { progress: null, stage: null, ...status }, more), now);
  return [head, detail].map((text) => text?.replaceAll('\u00a0', ' ') ?? null);
};

describe('sentence', () => {
  it('gives percent, range and what bounds it', () => {
    expect(say({ state: 'syncing', progress: 61.429, stage: 'blocks', eta_low_s: 33_000, eta_high_s: 49_000, eta_bound_by: 'disk speed' }))
      .toEqual(['Downloading and checking blocks: 61.42 %', '9 to 14 h left, limited by disk speed']);
  });
  it('hides the estimate until there is one', () => expect(say({ state: 'syncing', progress: 3, stage: 'headers' })[1]).toBe('Time left: not known yet'));
  it('counts a clean stop against its limit', () => expect(say({ state: 'stopping', since: 1_000, kill_at: 931_000 }, 193_000)).toEqual(['Writing its state to disk', 'Flushing, 3:12 of at most 15:30']));
  it('says that others stop first', () => expect(say({ state: 'stopping', since: null, kill_at: 0 })[1]).toBe('Nodes that need it stop first'));
  it('says what it waits for', () => {
    const idle = { needs: ['bitcoin'], services: [] };
    expect(say({ state: 'starting', why: 'waits for bitcoin, which is stopped' }, 0, idle)).toEqual(['Waiting for another node', 'Waits for bitcoin, which is stopped']);
  });
  it('tells what an unmeasured sync is doing', () =>
    expect(say({ state: 'syncing', stage: 'state', why: 'fetched 412 million accounts' })).toEqual(['Fetching the state of all accounts', 'Fetched 412 million accounts']));
  it('counts the bytes of a move', () =>
    expect(say({ state: 'moving', progress: 41.2, moved_bytes: 164e9, move_bytes: 398e9 })).toEqual(['Moving its data: 41.20 %', '164 GB of 398 GB there and checked']));
  it('says why it is paused', () => expect(say({ state: 'paused', why: 'this machine runs on its battery' })).toEqual(['Paused', 'This machine runs on its battery']));
  it('counts down to the next try', () => expect(say({ state: 'retrying', retry_at: 42_000, attempt: 3 })[0]).toBe('Trying again in 0:42, attempt 3'));
  it('does not pretend to know', () => {
    expect(say({ state: 'unknown', why: 'the engine does not answer' })).toEqual(['Nobody can say how it is', 'The engine does not answer']);
    expect(say({ state: 'brand-new-state' })[0]).toBe('Nobody can say how it is');
  });
});

describe('the ring', () => {
  it('is full only when ready and empty where progress means nothing', () => {
    expect(['ready', 'syncing', 'failed', 'stopped'].map((state) => ringValue(node('a', 'mainnet', { state, progress: 40 })))).toEqual([100, 40, null, null]);
  });
  it('fills with the time that a stop may take', () => {
    const { status } = node('a', 'mainnet', { state: 'stopping', since: 0, kill_at: 100_000 });
    expect([stopShare(status, 25_000), stopShare(status, 200_000), stopShare({ ...status, since: null }, 0)]).toEqual([25, 100, null]);
  });
  it('turns only while something happens', () => {
    expect(['starting', 'stopping', 'stopped', 'failed'].map((state) => isMoving(node('a', 'mainnet', { state })))).toEqual([true, true, false, false]);
  });
});
