// A host without a core, for looking at every state: open the development page with `?fake=<scenario>`. Reached in
// development and test builds only.
import { en } from '../src/i18n/en';
import { isSpoken, languages } from '../src/i18n/languages';
import { useWords } from '../src/i18n/text';
import type { AppSnapshot, Change, Commands, NodeView } from '../src/ipc/generated';
import { HostFault, localFault, type CommandName, type Host, type Listener, type Unsubscribe } from '../src/ipc/host';
import { diff, logs, preflight, wallets } from './answers';
import { audit, drill } from './audit-answers';
import { Credentials } from './credential-answers';
import { activityExport, activityList, bundle, registryList, supportSave } from './desk-answers';
import { node } from './fixtures';
import { guided, guideOf, phoneLink, Prompts } from './guide-answers';
import { adoptable, changePreview, crashes, machineHistory, nodeHistory, updatePreview } from './node-answers';
import { endpointCode, peers } from './part-answers';
import { speed } from './preflight-parts';
import { tick } from './progress';
import { pseudo } from './pseudo';
import { pull, scenario } from './scenarios';
import { diskChoices, setUp, syncEstimates } from './start-answers';

const LATENCY_MS = 120;
const USAGE_MS = 1000;

type Answers = { [K in CommandName]: (request: Commands[K]['request']) => Commands[K]['response'] | Promise<Commands[K]['response']> };

/** Answers from fixtures and lets figures move a little. */
export class FakeHost implements Host {
  readonly kind = 'fake';
  readonly #name: string;
  readonly #credentials = new Credentials();
  readonly #prompts = new Prompts();
  #state: AppSnapshot;
  #listener: Listener | null = null;
  #ask: (() => void) | null = null;
  #measured = false;

  constructor(name: string) {
    this.#name = name;
    this.#state = scenario(name);
    const theme = new URLSearchParams(location.search).get('theme');
    if (theme === 'light' || theme === 'dark') this.#state.settings.theme = theme;
    const language = new URLSearchParams(location.search).get('language');
    if (language !== null && isSpoken(language)) this.#state.settings.language = language;
    if (language === 'pseudo') speakLonger(this.#state);
  }

  async call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['response']> {
    await new Promise((done) => setTimeout(done, LATENCY_MS));
    return this.#answers[name](request);
  }

  subscribe(listener: Listener): Unsubscribe {
    this.#listener = listener;
    listener.onConnection(true);
    const timer = setInterval(() => {
      this.#usage();
      for (const each of this.#state.nodes.map(tick)) if (each) this.#put(each);
    }, USAGE_MS);
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

  #engine(engine: AppSnapshot['engine']): AppSnapshot['engine'] {
    this.#state = { ...this.#state, engine };
    this.#emit({ kind: 'engine', engine });
    return engine;
  }

  #usage(): void {
    const wobble = (base: number, by: number) => base + Math.sin(Date.now() / 900 + base) * by + Math.random() * by;
    const running = this.#state.nodes.filter((each) => each.services.some((service) => service.state === 'running') && this.#state.engine.state === 'connected');
    this.#emit({
      kind: 'usage', machine: { ...this.#state.machine, cpu_percent: wobble(23, 6) },
      nodes: running.map((each) => ({
        node: each.id, cpu_percent: wobble(62, 22), memory_bytes: wobble(1.31e9, 4e7), disk_bytes: (each.chain_bytes ?? 0) + 4e9,
        net_in_rate: wobble(3.8e6, 6e5), net_out_rate: wobble(8e5, 2e5), disk_read_rate: wobble(1.1e7, 4e6), disk_write_rate: wobble(2.7e7, 8e6),
      })),
    });
  }

  #with(id: string, status: Parameters<typeof node>[2], desired: string) {
    const found = this.#find(id);
    return this.#put({ ...found, desired, status: { ...found.status, ...status } });
  }

  #find(id: string): NodeView {
    const found = this.#state.nodes.find((each) => each.id === id);
    if (!found) throw new HostFault(localFault('node-unknown', { node: id, known: '' }));
    return found;
  }

  #put(next: NodeView): NodeView {
    this.#state = { ...this.#state, nodes: this.#state.nodes.map((each) => (each.id === next.id ? next : each)) };
    this.#emit({ kind: 'node', node: next });
    return next;
  }

  #add(made: NodeView): NodeView {
    this.#state = { ...this.#state, nodes: [...this.#state.nodes, made] };
    return made;
  }

  #end(id: string, erased: boolean) {
    const { data_dir, needed_by, name } = this.#find(id);
    if (needed_by.length > 0) throw new HostFault(localFault('node-needed', { node: name, others: needed_by.join(', ') }));
    this.#state = { ...this.#state, nodes: this.#state.nodes.filter((each) => each.id !== id) };
    this.#emit({ kind: 'node_gone', id });
    return { node: id, done: true, data_dir, data_bytes: 398.4e9, erased };
  }

  readonly #answers: Answers = {
    app_snapshot: () => this.#state,
    engine_check: () => this.#state.engine,
    engine_setup: ({ runs }) => this.#engine(setUp(runs, this.#state.engine, (next) => this.#engine(next))),
    catalog_list: () => this.#state.catalog,
    catalog_show: () => this.#state.catalog.entries[0]!,
    catalog_check: () => ({ files: 1, problems: [] }),
    preflight: (request) => preflight(request, this.#state.nodes),
    install: (request) => {
      const short = request.client === 'bitcoin-core' ? 'bitcoin' : request.client;
      const network = request.network ?? 'mainnet';
      return this.#add(node(request.name ?? `${short}-${network}`, network, { state: 'pulling', progress: 51.9, stage: null, pull }, { endpoints: [], height: null, client: request.client, options: request.options }));
    },
    node_change_preview: (request) => changePreview(request, this.#state.nodes),
    node_change: ({ node: id, options }) => {
      const found = this.#find(id);
      const kept = Object.fromEntries(Object.entries({ ...found.options, ...options }).filter(([, value]) => value !== ''));
      return this.#put({ ...found, options: kept });
    },
    node_update_preview: ({ node: id }) => updatePreview(this.#find(id)),
    node_update: ({ node: id }) => this.#put({ ...this.#find(id), update_phase: 'fetching' }),
    node_rollback: ({ node: id }) => this.#put({ ...this.#find(id), previous_version: null, status: { ...this.#find(id).status, state: 'starting', progress: null } }),
    node_move: ({ node: id, data_dir }) => {
      const found = this.#find(id);
      const move_bytes = found.chain_bytes ?? 0;
      return this.#put({ ...found, move_phase: 'copying', data_dir: `${data_dir}/${id}`, status: { ...found.status, state: 'moving', progress: 0, stage: null, moved_bytes: 0, move_bytes } });
    },
    node_adoptable: (request) => adoptable(request),
    node_attach: ({ client, network, name, endpoint }) => {
      if (endpoint.includes('wrong')) throw new HostFault(localFault('endpoint-silent', { endpoint, reason: 'connection refused' }));
      return this.#add(node(name ?? `${client}-here`, network ?? 'mainnet', { state: 'ready' }, { external: true, services: [], data_dir: '', client }));
    },
    node_crashes: ({ node: id }) => crashes(this.#find(id)),
    node_peers: ({ node: id }) => peers(this.#find(id)),
    endpoint_code: ({ consumer, url, with_login }) => endpointCode(consumer, url, with_login),
    node_history: ({ node: id, hours, points }) => nodeHistory(this.#find(id), hours ?? 24, points ?? 300),
    machine_history: ({ hours, points }) => machineHistory(hours ?? 24, points ?? 300),
    disk_measure: () => speed,
    sync_estimates: ({ measure }) => syncEstimates((this.#measured ||= measure), this.#state.data_dir),
    disk_choices: () => diskChoices(this.#state.machine, this.#state.settings.chain_data_dir),
    node_list: () => ({ nodes: this.#state.nodes }),
    node_show: ({ node: id }) => this.#state.nodes.find((each) => each.id === id)!,
    node_start: ({ node: id }) => this.#with(id, { state: 'starting', progress: null, fault: null }, 'running'),
    node_stop: ({ node: id }) => this.#with(id, { state: 'stopping', progress: null, since: Date.now(), kill_at: Date.now() + 930_000 }, 'stopped'),
    node_restart: ({ node: id }) => this.#with(id, { state: 'starting', progress: null }, 'running'),
    node_remove: ({ node: id }) => this.#end(id, false),
    node_erase: ({ node: id }) => this.#end(id, true),
    node_logs: (request) => logs(request, this.#name === 'many'),
    endpoint_list: () => ({ endpoints: this.#state.nodes.flatMap((each) => each.endpoints) }),
    credential_reveal: ({ consumer }) => ({ user: consumer, password: 'k7Qd-made-up-3vTz' }),
    credential_list: ({ node: id }) => this.#credentials.list(this.#find(id)),
    credential_preview: ({ node: id, consumer, action }) => this.#credentials.preview(this.#find(id), consumer, action),
    credential_revoke: ({ node: id, consumer }) => this.#credentials.change(this.#find(id), consumer, 'revoke'),
    credential_rotate: ({ node: id, consumer }) => this.#credentials.change(this.#find(id), consumer, 'rotate'),
    wallet_guide: (request) => guideOf(request, this.#state.nodes),
    wallet_prompt: ({ node: id }) => this.#prompts.make(id),
    wallet_prompt_status: ({ id }) => this.#prompts.status(id),
    wallet_phone: (request) => {
      if (request.reach === 'lan' && request.wallet === 'fully-noded') throw new HostFault(localFault('not-supported', { what: 'opening the RPC of bitcoin-mainnet to a network: it would send the password without encryption' }));
      return phoneLink(request);
    },
    wallet_audit: () => audit(),
    outage_drill: ({ who }) => drill(who, this.#state.nodes),
    wallet_list: () => ({ wallets: [...wallets, ...guided.map((each) => ({ ...each, nodes: this.#state.nodes.map((node) => node.id) }))] }),
    wallet_diff: ({ wallet, network }) => (network === 'signet' ? { ...diff, network, blocked: localFault('wallet-running', { wallet: 'Sparrow', evidence: 'process 4121' }) } : { ...diff, wallet }),
    wallet_switch: ({ wallet, network }) => ({ wallet, network: network ?? 'mainnet', files: ['/home/ada/.sparrow/config'], waiting: false, changed: true, exact: false, height: 924_880, notes: [] }),
    wallet_revert_diff: ({ wallet }) => ({ ...diff, wallet, notes: [] }),
    wallet_revert: ({ wallet, network }) => ({ wallet, network: network ?? 'mainnet', files: ['/home/ada/.sparrow/config'], waiting: false, changed: true, exact: true, height: null, notes: [] }),
    wallet_revert_all: () => ({
      done: wallets.filter((each) => each.can_revert).map(({ id, network, files, running }) => ({ wallet: id, network, files, waiting: running, changed: !running, exact: true, height: null, notes: [] })),
      failed: [],
    }),
    wallet_stop_waiting: () => ({ wallets }),
    wallet_history: () => ({ entries: [{ id: '1', at: Date.now() - 240_000, network: 'mainnet', files: ['/home/ada/.sparrow/config'], state: 'applied', endpoint: 'bitcoin+http://127.0.0.1:28332' }] }),
    activity_list: (request) => activityList(request),
    activity_export: (request) => activityExport(request),
    support_bundle_preview: () => bundle,
    support_bundle_save: ({ target }) => supportSave(target),
    registry_list: () => registryList,
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

/** Longer texts in the place of English ones. */
function speakLonger(state: AppSnapshot): void {
  const words = pseudo(en);
  languages.en.load = () => Promise.resolve(words as typeof en);
  useWords(words);
  state.settings.language = 'en';
}
