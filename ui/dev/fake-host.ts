// A host without a core, for looking at every state: open the development page with `?fake=<scenario>`. Reached in
// development and test builds only.
import type { AppSnapshot, Change, Commands } from '../src/ipc/generated';
import { HostFault, localFault, type CommandName, type Host, type Listener, type Unsubscribe } from '../src/ipc/host';
import { activity, diff, logs, preflight, wallets } from './answers';
import { node } from './fixtures';
import { pull, scenario } from './scenarios';

const LATENCY_MS = 120;
const USAGE_MS = 1000;

type Answers = { [K in CommandName]: (request: Commands[K]['request']) => Commands[K]['response'] | Promise<Commands[K]['response']> };

/** Answers from fixtures and lets figures move a little. */
export class FakeHost implements Host {
  readonly kind = 'fake';
  readonly #name: string;
  #state: AppSnapshot;
  #listener: Listener | null = null;
  #ask: (() => void) | null = null;

  constructor(name: string) {
    this.#name = name;
    this.#state = scenario(name);
    const theme = new URLSearchParams(location.search).get('theme');
    if (theme === 'light' || theme === 'dark') this.#state.settings.theme = theme;
  }

  async call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['response']> {
    await new Promise((done) => setTimeout(done, LATENCY_MS));
    return this.#answers[name](request);
  }

  subscribe(listener: Listener): Unsubscribe {
    this.#listener = listener;
    listener.onConnection(true);
    const timer = setInterval(() => this.#usage(), USAGE_MS);
    for (let past = 0; past < 60; past += 1) setTimeout(() => this.#usage(), 400 + past * 4);
    return () => clearInterval(timer);
  }

  onQuitAsked(ask: () => void): Unsubscribe {
    this.#ask = ask;
    if (this.#name === 'ready' && new URLSearchParams(location.search).has('quit')) setTimeout(ask, 600);
    return () => (this.#ask = null);
  }

  async quit(): Promise<void> {
    await new Promise((done) => setTimeout(done, 800));
  }

  /** Asks the quit question, for trying it from a console. */
  askToQuit(): void {
    this.#ask?.();
  }

  #emit(change: Change): void {
    this.#state = { ...this.#state, revision: this.#state.revision + 1 };
    this.#listener?.onEvent({ revision: this.#state.revision, change });
  }

  #usage(): void {
    const wobble = (base: number, by: number) => base + Math.sin(Date.now() / 900 + base) * by + Math.random() * by;
    const running = this.#state.nodes.filter((each) => each.services.some((service) => service.state === 'running') && this.#state.engine.state === 'connected');
    this.#emit({
      kind: 'usage', machine: { ...this.#state.machine, cpu_percent: wobble(23, 6) },
      nodes: running.map((each) => ({ node: each.id, cpu_percent: wobble(62, 22), memory_bytes: wobble(1.31e9, 4e7), disk_bytes: (each.chain_bytes ?? 0) + 4e9 })),
    });
  }

  #with(id: string, status: Parameters<typeof node>[2], desired: string) {
    const found = this.#state.nodes.find((each) => each.id === id);
    if (!found) throw new HostFault(localFault('node-unknown', { node: id, known: '' }));
    const next = { ...found, desired, status: { ...found.status, ...status } };
    this.#state = { ...this.#state, nodes: this.#state.nodes.map((each) => (each.id === id ? next : each)) };
    this.#emit({ kind: 'node', node: next });
    return next;
  }

  #end(id: string, erased: boolean) {
    const data_dir = this.#state.nodes.find((each) => each.id === id)?.data_dir ?? '';
    this.#state = { ...this.#state, nodes: this.#state.nodes.filter((each) => each.id !== id) };
    this.#emit({ kind: 'node_gone', id });
    return { node: id, done: true, data_dir, data_bytes: 398.4e9, erased };
  }

  readonly #answers: Answers = {
    app_snapshot: () => this.#state,
    engine_check: () => this.#state.engine,
    catalog_list: () => this.#state.catalog,
    catalog_show: () => this.#state.catalog.entries[0]!,
    catalog_check: () => ({ files: 1, problems: [] }),
    preflight: (request) => preflight(request),
    install: (request) => {
      const made = node(request.name ?? `bitcoin-${request.network ?? 'mainnet'}`, request.network ?? 'mainnet', { state: 'pulling', progress: 51.9, stage: null, pull }, { endpoints: [], height: null });
      this.#state = { ...this.#state, nodes: [...this.#state.nodes, made] };
      return made;
    },
    node_list: () => ({ nodes: this.#state.nodes }),
    node_show: ({ node: id }) => this.#state.nodes.find((each) => each.id === id)!,
    node_start: ({ node: id }) => this.#with(id, { state: 'starting', progress: null, fault: null }, 'running'),
    node_stop: ({ node: id }) => this.#with(id, { state: 'stopping', progress: null, kill_at: Date.now() + 930_000 }, 'stopped'),
    node_restart: ({ node: id }) => this.#with(id, { state: 'starting', progress: null }, 'running'),
    node_remove: ({ node: id }) => this.#end(id, false),
    node_erase: ({ node: id }) => this.#end(id, true),
    node_logs: (request) => logs(request, this.#name === 'many'),
    endpoint_list: () => ({ endpoints: this.#state.nodes.flatMap((each) => each.endpoints) }),
    credential_reveal: ({ consumer }) => ({ user: consumer, password: 'k7Qd-made-up-3vTz' }),
    wallet_list: () => ({ wallets }),
    wallet_diff: ({ wallet, network }) => (network === 'signet' ? { ...diff, network, blocked: localFault('wallet-running', { wallet: 'Sparrow', evidence: 'process 4121' }) } : { ...diff, wallet }),
    wallet_switch: ({ wallet, network }) => ({ wallet, network: network ?? 'mainnet', file: diff.file, changed: true, exact: false, height: 924_880, notes: [] }),
    wallet_revert_diff: ({ wallet }) => ({ ...diff, wallet, notes: [] }),
    wallet_revert: ({ wallet, network }) => ({ wallet, network: network ?? 'mainnet', file: diff.file, changed: true, exact: true, height: null, notes: [] }),
    wallet_history: () => ({ entries: [{ id: '1', at: Date.now() - 240_000, network: 'mainnet', file: diff.file, state: 'applied', endpoint: 'bitcoin+http://127.0.0.1:28332' }] }),
    activity_list: () => ({ entries: activity }),
    resources: () => ({ machine: this.#state.machine, nodes: [] }),
    doctor: () => ({ healthy: true, checks: [] }),
    settings_show: () => this.#state.settings,
    settings_change: (settings) => {
      this.#state = { ...this.#state, settings };
      return settings;
    },
    stop_all: () => ({ nodes: this.#state.nodes }),
  };
}
