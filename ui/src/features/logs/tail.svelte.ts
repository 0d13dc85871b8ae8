// Follows one service's log: asks for the last lines, then waits for new ones for as long as somebody looks. Bounded, so
// that a window left open for a month holds no more than one that was just filled.
import type { FaultView, LogPage } from '../../ipc/generated';
import { toFault, type Host } from '../../ipc/host';
import { isShown, toLine, type Line, type Shown } from './line';

/** Most lines kept, so that after dropping some a hundred thousand are left; older ones are in the engine. */
export const MOST_LINES = 110_000;
/** Dropped at once when full, so that not every line moves a hundred thousand others. */
const DROPPED = 10_000;
const FIRST_LINES = 2000;
/** A proxy or a sleeping laptop must not hold a request for ever. */
const WAIT_MS = 20_000;
const AFTER_FAULT_MS = 4000;
const AFTER_END_MS = 3000;

/** The lines of one service. */
export class LogTail {
  /** Counts changes; reading it makes a component follow `lines` and `matches`. */
  version = $state(0);
  live = $state(true);
  loaded = $state(false);
  trimmed = $state(false);
  fault = $state.raw<FaultView | null>(null);
  lines: Line[] = [];
  /** The lines of the chosen levels; the same list while all are shown. */
  shown: Line[] = this.lines;
  /** Numbers of the shown lines that hold the searched text. */
  matches: number[] = [];
  #query = '';
  #levels: Shown = 'all';
  #cursor: string | null = null;
  #next = 0;
  readonly #host: Host;
  readonly #node: string;
  readonly #service: string | null;

  constructor(host: Host, node: string, service: string | null) {
    this.#host = host;
    this.#node = node;
    this.#service = service;
  }

  /** Number of the oldest line kept. */
  get first(): number {
    return this.lines[0]?.number ?? this.#next;
  }

  /** Searches all lines; new ones are searched as they come. */
  search(query: string): void {
    this.#query = query.toLowerCase();
    this.#match();
    this.version += 1;
  }

  /** Shows lines of these levels only; new ones are sorted as they come. */
  show(levels: Shown): void {
    this.#levels = levels;
    this.#sort();
    this.version += 1;
  }

  /** Follows until the returned function is called. */
  follow(): () => void {
    let ended = false;
    void this.#run(() => ended);
    return () => (ended = true);
  }

  async #run(ended: () => boolean): Promise<void> {
    while (!ended()) {
      try {
        const page = await this.#host.call('node_logs', this.#request());
        if (ended()) return;
        this.fault = null;
        this.#take(page);
        if (!page.live) await pause(AFTER_END_MS);
      } catch (thrown) {
        if (ended()) return;
        this.fault = toFault(thrown);
        await pause(AFTER_FAULT_MS);
      }
    }
  }

  #request() {
    const first = this.#cursor === null;
    return { node: this.#node, service: this.#service, after: this.#cursor, tail: first ? FIRST_LINES : null, wait_ms: first ? null : WAIT_MS };
  }

  #take(page: LogPage): void {
    // Without a cursor the core gives the last lines again; showing them twice would be a lie.
    if (this.#cursor === null) {
      [this.lines, this.matches] = [[], []];
      this.#sort();
    }
    this.#cursor = page.cursor ?? this.#cursor;
    this.live = page.live;
    this.loaded = true;
    for (const view of page.lines) {
      const line = toLine(view, this.#next++);
      this.lines.push(line);
      if (!isShown(line, this.#levels)) continue;
      if (this.shown !== this.lines) this.shown.push(line);
      if (this.#query !== '' && this.#holds(line)) this.matches.push(line.number);
    }
    if (this.lines.length > MOST_LINES) {
      this.lines.splice(0, this.lines.length - MOST_LINES + DROPPED);
      if (this.shown !== this.lines) this.shown = this.shown.filter((line) => line.number >= this.first);
      this.matches = this.matches.filter((number) => number >= this.first);
      this.trimmed = true;
    }
    this.version += 1;
  }

  #sort(): void {
    this.shown = this.#levels === 'all' ? this.lines : this.lines.filter((line) => isShown(line, this.#levels));
    this.#match();
  }

  #match(): void {
    this.matches = this.#query === '' ? [] : this.shown.filter((line) => this.#holds(line)).map((line) => line.number);
  }

  #holds(line: Line): boolean {
    return line.text.toLowerCase().includes(this.#query);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
