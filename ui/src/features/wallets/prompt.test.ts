// A page is asked about every two seconds, only while somebody looks, and no longer than there is something to learn.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PromptState } from '../../ipc/generated';
import type { Host } from '../../ipc/host';
import { PromptWatch } from './prompt.svelte';

let state: PromptState = 'waiting';
let asked = 0;
let fails = false;
const host = {
  call: (name: string) => {
    if (name === 'wallet_prompt') return Promise.resolve({ id: 'a1', url: 'http://127.0.0.1:1/x/', expires_in_s: 600, node: 'n', chain_id: '0x1', height: 1 });
    asked += 1;
    return fails ? Promise.reject(new Error('gone')) : Promise.resolve({ id: 'a1', state, text: '', height: null, revert: [] });
  },
} as unknown as Host;

beforeEach(() => {
  vi.useFakeTimers();
  [state, asked, fails] = ['waiting', 0, false];
});
afterEach(() => vi.useRealTimers());

describe('a page', () => {
  it('is asked about every two seconds until the wallet has taken the node', async () => {
    const watch = new PromptWatch(host);
    await watch.make('metamask', 'n');
    expect(asked).toBe(0);
    await vi.advanceTimersByTimeAsync(4100);
    expect(asked).toBe(2);
    state = 'approved';
    await vi.advanceTimersByTimeAsync(2000);
    expect(watch.status?.state).toBe('approved');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(3);
  });

  it('goes on being watched after a refusal, since it can be asked again', async () => {
    const watch = new PromptWatch(host);
    await watch.make('metamask', 'n');
    state = 'refused';
    await vi.advanceTimersByTimeAsync(2100);
    state = 'approved';
    await vi.advanceTimersByTimeAsync(2100);
    expect(watch.status?.state).toBe('approved');
  });

  it('is left alone once nobody looks', async () => {
    const watch = new PromptWatch(host);
    await watch.make('metamask', 'n');
    watch.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(0);
  });

  it('is not hammered when the core does not answer, and can be asked about again', async () => {
    const watch = new PromptWatch(host);
    await watch.make('metamask', 'n');
    fails = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    expect(watch.asking.fault).not.toBeNull();
    fails = false;
    await watch.ask();
    await vi.advanceTimersByTimeAsync(2100);
    expect(asked).toBe(3);
  });
});
