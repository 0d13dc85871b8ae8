// Short messages about something that has finished. Failures are not toasts: they stay where they happened.
import type { Tone } from '../lib/status';

/** Long enough to read two lines twice. */
const SHOWN_MS = 6000;

/** One message. */
export interface Toast {
  id: number;
  tone: Tone;
  text: string;
}

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  say(text: string, tone: Tone = 'ok'): void {
    const id = this.#next++;
    this.list.push({ id, tone, text });
    setTimeout(() => this.close(id), SHOWN_MS);
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

/** The messages shown now. */
export const toasts = new Toasts();
