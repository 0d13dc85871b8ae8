// What was recorded over the last hours or days. Asked for while somebody looks, and again every few minutes.
import { untrack } from 'svelte';
import type { FaultView } from '../../ipc/generated';
import { toFault } from '../../ipc/host';
import { now } from '../../state/clock.svelte';

/** The stretches of time that can be looked at, in hours. */
export type Hours = '24' | '720';

/** Most points of each curve: about one for each two pixels. */
export const POINTS = 200;

const HOUR_MS = 3_600_000;
/** A new look adds at most a point or two. */
const FRESH_MS = 5 * 60_000;

/** A record that is being looked at. Made while a component is set up, since it follows what the component shows. */
export class Recorded<T> {
  hours = $state<Hours>('24');
  /** Whether anybody can see it. */
  seen = $state(false);
  answer = $state.raw<T | null>(null);
  fault = $state.raw<FaultView | null>(null);
  busy = $state(false);
  /** The end of the stretch that `answer` is about. */
  to = $state(Date.now());
  /** Counts up every few minutes; the clock stands still while the window is hidden. */
  readonly #beat = $derived(this.seen ? Math.floor(now() / FRESH_MS) : 0);
  readonly #ask: (hours: number) => Promise<T>;
  #wanted = 0;

  constructor(ask: (hours: number) => Promise<T>) {
    this.#ask = ask;
    $effect(() => {
      void this.#beat;
      const hours = Number(this.hours);
      if (this.seen) untrack(() => void this.load(hours));
    });
  }

  get from(): number {
    return this.to - Number(this.hours) * HOUR_MS;
  }

  /** How much time one point stands for, in milliseconds. */
  get stretch(): number {
    return (Number(this.hours) * HOUR_MS) / POINTS;
  }

  /** Asks the core; an answer about another stretch than the one now wanted is dropped. */
  async load(hours = Number(this.hours)): Promise<void> {
    const ticket = (this.#wanted += 1);
    this.busy = true;
    try {
      const answer = await this.#ask(hours);
      if (ticket !== this.#wanted) return;
      this.answer = answer;
      this.fault = null;
      this.to = Date.now();
    } catch (thrown) {
      if (ticket === this.#wanted) this.fault = toFault(thrown);
    } finally {
      if (ticket === this.#wanted) this.busy = false;
    }
  }
}
