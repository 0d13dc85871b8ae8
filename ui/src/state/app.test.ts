// The store as events reach it: what is drawn at once, and what may wait while nobody is there.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scenario } from '../../dev/scenarios';
import type { AppEvent } from '../ipc/generated';
import type { Host, Listener } from '../ipc/host';
import { AppStore } from './app.svelte';

const first = scenario('ready');

/** A store over a host that only answers with the snapshot; events are said by hand. */
async function opened() {
  let listener: Listener | null = null;
  const host = {
    call: () => Promise.resolve(first),
    subscribe: (given: Listener) => {
      listener = given;
      return () => {};
    },
  } as unknown as Host;
  const store = new AppStore(host);
  store.start();
  await vi.waitFor(() => expect(store.model).not.toBeNull());
  let revision = first.revision;
  const say = (change: AppEvent['change']) => listener?.onEvent({ revision: (revision += 1), change });
  const use = (percent: number) => say({ kind: 'usage', machine: { ...first.machine, cpu_percent: percent }, nodes: [] });
  return { store, say, use };
}

describe('figures', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'Date'] }));
  afterEach(() => vi.useRealTimers());

  it('are drawn each second while somebody is at the window', async () => {
    const { store, use } = await opened();
    for (const percent of [10, 20, 30]) {
      window.dispatchEvent(new Event('pointermove'));
      use(percent);
      expect(store.model?.machine.cpu_percent).toBe(percent);
      vi.advanceTimersByTime(1000);
    }
  });

  it('wait a little while nobody is, and none is lost', async () => {
    const { store, use } = await opened();
    window.dispatchEvent(new Event('pointermove'));
    use(1);
    vi.advanceTimersByTime(5001);
    const shown = [];
    for (const percent of [2, 3, 4, 5, 6, 7]) {
      use(percent);
      shown.push(store.model?.machine.cpu_percent);
      vi.advanceTimersByTime(1000);
    }
    expect(shown).toEqual([2, 2, 2, 2, 6, 6]);
    expect(store.model?.machineHistory.map((sample) => sample.cpu)).toEqual([1, 2, 3, 4, 5, 6]);
    const [one, other] = store.model?.machineHistory.slice(-2).map((sample) => sample.at) ?? [];
    expect(other! - one!, 'each has the time at which it came').toBe(1000);
  });

  it('wait while something scrolls, and not for ever', async () => {
    const { store, use } = await opened();
    vi.advanceTimersByTime(60_000);
    use(1);
    const shown = [];
    for (const percent of [2, 3, 4, 5]) {
      vi.advanceTimersByTime(1000);
      window.dispatchEvent(new Event('scroll'));
      use(percent);
      shown.push(store.model?.machine.cpu_percent);
    }
    expect(shown).toEqual([1, 1, 1, 5]);
  });

  it('come at once with anything else that happened', async () => {
    const { store, say, use } = await opened();
    window.dispatchEvent(new Event('pointermove'));
    use(1);
    vi.advanceTimersByTime(6000);
    use(2);
    use(3);
    expect(store.model?.machine.cpu_percent).toBe(2);
    say({ kind: 'wallets' });
    expect(store.model?.machine.cpu_percent).toBe(3);
  });
});
