// What the user is putting together on the install page: choices, and the core's answer to them. Asks the core after each
// change, once the changes pause; an answer to older choices is dropped.
import type { CatalogEntryView, FaultView, FixView, InstallRequest, PreflightReport } from '../../ipc/generated';
import { toFault, type Host } from '../../ipc/host';
import { parseImage, type ImageRef } from '../../lib/image';

/** Long enough to let a slider come to rest, short enough to feel live. */
const PAUSE_MS = 220;

/** Choices on the install page. */
export class Draft {
  network = $state('');
  name = $state('');
  dataDir = $state('');
  accepted = $state(false);
  /** Every option that was touched, as `--set` writes it. */
  chosen = $state<Record<string, string>>({});
  /** For a dependency by its name: one of the user's nodes, or `new`. */
  needs = $state<Record<string, string>>({});
  /** Numbers for published ports that differ from the usual ones, by name. */
  ports = $state<Record<string, number>>({});
  /** An existing data folder to use where it is. */
  adopt = $state('');
  /** The images that the user looked at and confirmed, as one text. */
  confirmed = $state<string | null>(null);
  report = $state.raw<PreflightReport | null>(null);
  fault = $state.raw<FaultView | null>(null);
  checking = $state(false);
  measuring = $state(false);
  readonly entry: CatalogEntryView;
  readonly #host: Host;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked = 0;

  constructor(host: Host, entry: CatalogEntryView, network: string | null, preset: Record<string, string>) {
    this.#host = host;
    this.entry = entry;
    const known = entry.networks.some((each) => each.id === network);
    this.network = known && network !== null ? network : (entry.networks[0]?.id ?? '');
    const options = Object.entries(preset).filter(([id]) => entry.options.some((option) => option.id === id));
    this.chosen = Object.fromEntries(options);
  }

  /** The value that an option has now: the core's answer where a rule decided, else what was chosen, else the default. */
  value(id: string): string {
    const resolved = this.report?.options.find((option) => option.id === id);
    if (resolved?.because) return resolved.value;
    return this.chosen[id] ?? this.entry.options.find((option) => option.id === id)?.default ?? '';
  }

  /** Why an option has its value, where a rule decided. */
  because(id: string): string | null {
    return this.report?.options.find((option) => option.id === id)?.because ?? null;
  }

  set(id: string, value: string): void {
    this.chosen = { ...this.chosen, [id]: value };
  }

  /** Makes the one change that mends a finding. The core is asked again by itself. */
  fix(fix: FixView): void {
    if (fix.kind === 'option') this.chosen = { ...this.chosen, [fix.name]: fix.value, ...fix.also };
    if (fix.kind === 'port') this.ports = { ...this.ports, [fix.name]: Number(fix.value) };
    if (fix.kind === 'need') this.needs = { ...this.needs, [fix.name]: fix.value };
    if (fix.kind === 'folder') {
      this.adopt = '';
      this.dataDir = fix.value;
    }
  }

  /** The request as the core takes it: defaults left out. */
  get request(): InstallRequest {
    const differs = ([id, value]: [string, string]) => this.#offered(id) && this.entry.options.find((option) => option.id === id)?.default !== value;
    return {
      client: this.entry.id,
      network: this.network,
      name: this.name.trim() === '' ? null : this.name.trim(),
      options: Object.fromEntries(Object.entries(this.chosen).filter(differs)),
      data_dir: this.dataDir.trim() === '' || this.adopting ? null : this.dataDir.trim(),
      needs: { ...this.needs },
      ports: { ...this.ports },
      adopt: this.adopting ? this.adopt.trim() : null,
      measure: false,
      accept_warnings: this.accepted,
    };
  }

  /** Options that make sense with the present choices. */
  get offered(): CatalogEntryView['options'] {
    return this.entry.options.filter((option) => this.#offered(option.id));
  }

  get adopting(): boolean {
    return this.adopt.trim() !== '';
  }

  /** Images that the catalog does not pin: the registry's answer counts, once the user has confirmed it. */
  get loose(): ImageRef[] {
    const unpinned = this.entry.images.filter((image) => image.digest === null).map((image) => `${image.repository}:${image.tag}`);
    return (this.report?.images ?? []).map(parseImage).filter((image) => unpinned.includes(image.name));
  }

  /** Whether every image is pinned, by the catalog or by the user's consent to these very digests. */
  get imagesSettled(): boolean {
    return this.loose.length === 0 || this.confirmed === this.#looseText;
  }

  /** Confirms the images as they are now, or takes that back. */
  confirmImages(on: boolean): void {
    this.confirmed = on ? this.#looseText : null;
  }

  get warnings(): number {
    return this.report?.findings.filter((finding) => finding.severity === 'warning').length ?? 0;
  }

  /** Whether the core would take it. */
  get ready(): boolean {
    const settled = this.report !== null && this.fault === null && !this.checking;
    return settled && this.report?.can_install === true && (this.warnings === 0 || this.accepted) && this.imagesSettled;
  }

  /** Asks the core about the choices once they pause. Called from an effect that reads `request`. */
  check(request: InstallRequest): () => void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.checking = true;
    const ticket = (this.#asked += 1);
    this.#timer = setTimeout(() => void this.#ask(request, ticket, false), this.report === null ? 0 : PAUSE_MS);
    return () => {
      if (this.#timer !== null) clearTimeout(this.#timer);
    };
  }

  /** Asks about the same choices once more: the machine may have changed. */
  async checkAgain(): Promise<void> {
    this.checking = true;
    await this.#ask(this.request, (this.#asked += 1), false);
  }

  /** Measures the disk and asks again; the answer holds until a choice changes. */
  async measure(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.measuring = true;
    this.checking = true;
    await this.#ask(this.request, (this.#asked += 1), true);
    this.measuring = false;
  }

  async #ask(request: InstallRequest, ticket: number, measure: boolean): Promise<void> {
    try {
      const report = await this.#host.call('preflight', { ...request, measure, accept_warnings: false });
      if (ticket !== this.#asked) return;
      this.report = report;
      this.fault = null;
    } catch (thrown) {
      if (ticket === this.#asked) this.fault = toFault(thrown);
    } finally {
      if (ticket === this.#asked) this.checking = false;
    }
  }

  get #looseText(): string {
    return this.loose.map((image) => `${image.name}@${image.digest ?? ''}`).join(' ');
  }

  #offered(id: string): boolean {
    const option = this.entry.options.find((each) => each.id === id);
    if (!option) return false;
    if (option.networks.length > 0 && !option.networks.includes(this.network)) return false;
    return option.only_if_option === null || this.value(option.only_if_option) === option.only_if_equals;
  }
}
