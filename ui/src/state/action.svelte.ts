// The four visible states of anything that takes time: idle, busy, done, failed. Every button that calls the core owns
// one, so no click is ever without an answer.
import type { FaultView } from '../ipc/generated';
import { toFault } from '../ipc/host';

/** How long "done" stays visible: long enough to be read, short enough not to be taken for a status. */
const DONE_MS = 2500;

/** Where an action is. */
export type Phase = 'idle' | 'busy' | 'done' | 'failed';

/** One thing that can be asked for. */
export class Action {
  phase = $state<Phase>('idle');
  fault = $state.raw<FaultView | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;

  get busy(): boolean {
    return this.phase === 'busy';
  }

  /** Runs once; a second call while busy is ignored. Resolves to nothing when it failed. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.phase === 'busy') return undefined;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.phase = 'busy';
    this.fault = null;
    try {
      const result = await work();
      this.phase = 'done';
      this.#timer = setTimeout(() => this.reset(), DONE_MS);
      return result;
    } catch (thrown) {
      this.fault = toFault(thrown);
      this.phase = 'failed';
      return undefined;
    }
  }

  /** Forgets the outcome. */
  reset(): void {
    this.phase = 'idle';
    this.fault = null;
  }
}
