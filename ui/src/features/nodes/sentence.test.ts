// One honest sentence for every state.
import { describe, expect, it } from 'vitest';
import { node } from '../../../dev/fixtures';
import type { StatusView } from '../../ipc/generated';
import { isMoving, ringValue, sentence } from './sentence';

const say = (status: Partial<StatusView>, now = 0, grace: number | null = null) => {
  const { head, detail } = sentence(node('a', 'mainnet', { progress: null, stage: null, ...status }), now, grace);
  return [head, detail].map((text) => text?.replaceAll('\u00a0', ' ') ?? null);
};

describe('sentence', () => {
  it('gives percent, range and what bounds it', () => {
    expect(say({ state: 'syncing', progress: 61.429, stage: 'blocks', eta_low_s: 33_000, eta_high_s: 49_000, eta_bound_by: 'disk speed' }))
      .toEqual(['Downloading and checking blocks: 61.42 %', '9 to 14 h left, limited by disk speed']);
  });
  it('hides the estimate until there is one', () => expect(say({ state: 'syncing', progress: 3, stage: 'headers' })[1]).toBe('Time left: not known yet'));
  it('counts a clean stop against its limit', () => expect(say({ state: 'stopping', kill_at: 738_000 }, 0, 930)).toEqual(['Writing its state to disk', '3:12 of at most 15:30']));
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
  it('turns only while something happens', () => {
    expect(['starting', 'stopping', 'stopped', 'failed'].map((state) => isMoving(node('a', 'mainnet', { state })))).toEqual([true, true, false, false]);
  });
});
