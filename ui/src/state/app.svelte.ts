// Owns the model: asks for the snapshot, follows events, and notices when the core goes away. Components read it; only
// this file writes it.
import { getContext, setContext } from 'svelte';
import type { AppEvent, FaultView, NodeView } from '../ipc/generated';
import { SessionExpired, toFault, type Host, type Unsubscribe } from '../ipc/host';
import { isAttended, isScrolling } from './attention';
import { fromSnapshot, reduce, withNode, type Model } from './model';

const KEY = Symbol('app');
/** Wait before asking for the snapshot again after a failure. */
const RETRY_MS = 1500;
/**
 * While nobody touches the window, or something scrolls, figures are drawn this seldom: each drawing costs some
 * milliseconds, and a window may stand open for weeks.
 */
const CALM_MS = 4000;

/** What the window is doing about its model. */
export type Connection = 'loading' | 'live' | 'lost' | 'expired';

/** The one store that events reach. */
export class AppStore {
  readonly host: Host;
  model = $state.raw<Model | null>(null);
  connection = $state<Connection>('loading');
  fault = $state.raw<FaultView | null>(null);
  #waiting: AppEvent[] = [];
  /** Figures that came while nobody looked closely, oldest first. */
  #held: { event: AppEvent; at: number }[] = [];
  #drawnAt = 0;
  #refreshing = false;
  #again = false;
  #stop: Unsubscribe | null = null;

  constructor(host: Host) {
    this.host = host;
  }

  /** Begins following; returns the way to end it. */
  start(): Unsubscribe {
    this.#stop = this.host.subscribe({
      onEvent: (event) => this.#receive(event),
      onGap: () => void this.refresh(),
      onConnection: (connected) => {
        if (this.connection !== 'expired') this.connection = connected ? (this.model ? 'live' : 'loading') : 'lost';
      },
    });
    void this.refresh();
    return () => this.#stop?.();
  }

  /** One node, or nothing when it is gone. */
  node(id: string): NodeView | null {
    return this.model?.nodes.find((node) => node.id === id || node.name === id) ?? null;
  }

  /** Takes the answer about a new node, unless events about it have come already: these are newer. */
  add(node: NodeView): void {
    if (this.node(node.id) === null) this.put(node);
  }

  /** Takes an answer that is newer than the events so far, so that a click shows at once. */
  put(node: NodeView): void {
    if (this.model === null) return;
    this.model = withNode(this.model, node, Date.now());
  }

  /** Replaces parts of the model that a command has just answered with. */
  patch(part: Partial<Pick<Model, 'engine' | 'settings'>>): void {
    if (this.model !== null) this.model = { ...this.model, ...part };
  }

  /** Asks for the snapshot again. Requests while one is under way become one more. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return;
    }
    this.#refreshing = true;
    try {
      const snapshot = await this.host.call('app_snapshot', {});
      this.model = fromSnapshot(snapshot, this.model);
      this.#held = [];
      this.connection = 'live';
      this.fault = null;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const event of waiting) this.#apply(event);
    } catch (thrown) {
      this.fault = toFault(thrown);
      this.connection = thrown instanceof SessionExpired ? 'expired' : 'lost';
      if (this.connection === 'lost') setTimeout(() => void this.refresh(), RETRY_MS);
    } finally {
      this.#refreshing = false;
    }
    if (this.#again) {
      this.#again = false;
      await this.refresh();
    }
  }

  #receive(event: AppEvent): void {
    if (this.#refreshing || this.model === null) this.#waiting.push(event);
    else this.#apply(event);
  }

  #apply(event: AppEvent): void {
    if (this.model === null) return;
    this.#held.push({ event, at: Date.now() });
    const canWait = event.change.kind === 'usage' && (!isAttended() || isScrolling());
    if (canWait && performance.now() - this.#drawnAt < CALM_MS) return;
    this.#drawnAt = performance.now();
    const held = this.#held;
    this.#held = [];
    let now = this.model;
    let missed = false;
    for (const { event, at } of held) {
      const { model, gap } = reduce(now, event, at);
      now = model;
      missed ||= gap;
    }
    this.model = now;
    if (missed) void this.refresh();
  }
}

/** Gives the store to every component below. */
export function provideApp(store: AppStore): void {
  setContext(KEY, store);
}

/** The store given above. */
export function useApp(): AppStore {
  return getContext<AppStore>(KEY);
}
