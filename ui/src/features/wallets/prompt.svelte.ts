// A page that asks a browser's wallet, and how it goes. It is asked for every two seconds, only while somebody looks.
import type { PromptPage, PromptState, PromptStatus } from '../../ipc/generated';
import type { Host } from '../../ipc/host';
import { Action } from '../../state/action.svelte';

const POLL_MS = 2000;
/** After these nothing more comes; after a refusal the page can be asked again. */
const LAST: readonly PromptState[] = ['approved', 'expired'];

/** One page at a time. */
export class PromptWatch {
  page = $state.raw<PromptPage | null>(null);
  status = $state.raw<PromptStatus | null>(null);
  /** When the page goes away, in milliseconds since 1970. */
  until = $state(0);
  readonly making = new Action();
  readonly asking = new Action();
  readonly #host: Host;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ended = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Makes a page; one that was there before is watched no longer. */
  async make(wallet: string, node: string): Promise<void> {
    const page = await this.making.run(() => this.#host.call('wallet_prompt', { wallet, node }));
    if (!page || this.#ended) return;
    this.page = page;
    this.status = null;
    this.until = Date.now() + page.expires_in_s * 1000;
    this.#later(page);
  }

  /** Asks how it went, and again later unless that was the last word. */
  async ask(): Promise<void> {
    const page = this.page;
    if (page === null) return;
    const status = await this.asking.run(() => this.#host.call('wallet_prompt_status', { id: page.id }));
    if (!status || this.#ended || this.page !== page) return;
    this.status = status;
    if (!LAST.includes(status.state)) this.#later(page);
  }

  /** Forgets the page, for example because another node was chosen. */
  forget(): void {
    this.page = null;
    this.status = null;
    this.#stop();
  }

  /** Nobody looks any more. */
  end(): void {
    this.#ended = true;
    this.#stop();
  }

  #later(page: PromptPage): void {
    this.#stop();
    this.#timer = setTimeout(() => {
      if (this.page === page) void this.ask();
    }, POLL_MS);
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
