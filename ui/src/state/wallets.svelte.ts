// The wallets of this machine. Fetched when a screen asks and again when the core says that they changed; kept while
// the window is elsewhere.
import { getContext, setContext } from 'svelte';
import type { WalletView } from '../ipc/generated';
import { Action } from './action.svelte';
import type { AppStore } from './app.svelte';

const KEY = Symbol('wallets');

/** What is known of the wallets. */
export class WalletStore {
  list = $state.raw<WalletView[] | null>(null);
  readonly loading = new Action();
  readonly #app: AppStore;
  #seen = -1;
  #missed = false;

  constructor(app: AppStore) {
    this.#app = app;
  }

  /** Fetches the list if it is older than the last change. Called from an effect. */
  keepFresh(changed: number): void {
    if (changed === this.#seen) return;
    this.#seen = changed;
    void this.refresh();
  }

  /** Fetches the list. A call while one is under way leads to one more. */
  async refresh(): Promise<void> {
    if (this.loading.busy) {
      this.#missed = true;
      return;
    }
    const answer = await this.loading.run(() => this.#app.host.call('wallet_list', {}));
    if (answer) this.list = answer.wallets;
    if (this.#missed) {
      this.#missed = false;
      await this.refresh();
    }
  }
}

/** Gives the store to every component below. */
export function provideWallets(store: WalletStore): void {
  setContext(KEY, store);
}

/** The store given above. */
export function useWallets(): WalletStore {
  return getContext<WalletStore>(KEY);
}
