// The entries that fit, page by page, with those that happen meanwhile.
import type { ActivityEntry, ActivityKind, ActivityRequest } from '../../ipc/generated';
import { Action } from '../../state/action.svelte';
import type { AppStore } from '../../state/app.svelte';
import { merge } from './timeline';

/** Entries in one page. */
const PAGE = 200;
const DAY_MS = 86_400_000;

/** A span of time to choose from. */
export type Span = 'any' | 'day' | 'week' | 'month' | 'between';

/** What is looked for. */
export interface Wanted {
  kind: ActivityKind | 'all';
  subject: string;
  text: string;
  span: Span;
  /** Days as `2026-11-22`, for the span between two. */
  from: string;
  to: string;
}

/** Everything. */
export const anything: Wanted = { kind: 'all', subject: '', text: '', span: 'any', from: '', to: '' };

const SPANS: Partial<Record<Span, number>> = { day: 1, week: 7, month: 30 };

/** The question to the core. */
export function requestFor(wanted: Wanted, now: number): ActivityRequest {
  const request: ActivityRequest = {};
  if (wanted.kind !== 'all') request.kinds = [wanted.kind];
  if (wanted.subject !== '') request.subject = wanted.subject;
  if (wanted.text.trim() !== '') request.text = wanted.text.trim();
  const days = SPANS[wanted.span];
  if (days !== undefined) request.since = now - days * DAY_MS;
  if (wanted.span === 'between') {
    const [from, to] = [startOf(wanted.from), startOf(wanted.to)];
    if (from !== null) request.since = from.getTime();
    if (to !== null) request.until = new Date(to.getFullYear(), to.getMonth(), to.getDate() + 1).getTime();
  }
  return request;
}

/** The first moment of a day on this machine. */
function startOf(day: string): Date | null {
  const date = new Date(`${day}T00:00:00`);
  return day === '' || Number.isNaN(date.getTime()) ? null : date;
}

/** Whether an entry that has just happened fits. The core decides about all others in the same way. */
export function fits(entry: ActivityEntry, request: ActivityRequest): boolean {
  if (request.kinds && !request.kinds.includes(entry.kind)) return false;
  if (request.subject && entry.subject !== request.subject) return false;
  if (request.since && entry.at < request.since) return false;
  if (request.until && entry.at >= request.until) return false;
  if (!request.text) return true;
  const values = entry.changes.flatMap((change) => [change.what, change.old, change.new]);
  return [entry.text, entry.subject, ...values].some((text) => text?.toLowerCase().includes(request.text!.toLowerCase()));
}

/** What the page shows. */
export class Feed {
  wanted = $state.raw<Wanted>(anything);
  subjects = $state.raw<string[]>([]);
  more = $state(false);
  readonly loading = new Action();
  readonly paging = new Action();
  #older = $state.raw<ActivityEntry[] | null>(null);
  #request = $state.raw<ActivityRequest>({});
  #question = 0;
  readonly #app: AppStore;

  constructor(app: AppStore) {
    this.#app = app;
  }

  /** The filters as the core takes them. */
  get request(): ActivityRequest {
    return this.#request;
  }

  /** Nothing has come yet. */
  get empty(): boolean {
    return this.#older === null;
  }

  get filtered(): boolean {
    return Object.keys(this.#request).length > 0;
  }

  /** Every entry that fits and is here, newest first. */
  entries(recent: readonly ActivityEntry[]): ActivityEntry[] {
    return merge(recent.filter((entry) => fits(entry, this.#request)), this.#older ?? []);
  }

  /** Looks for something else. */
  async want(wanted: Wanted): Promise<void> {
    this.wanted = wanted;
    await this.load();
  }

  /** The first page. A later question makes the answer to an earlier one be dropped. */
  async load(): Promise<void> {
    const question = (this.#question += 1);
    const request = requestFor(this.wanted, Date.now());
    this.loading.reset();
    const answer = await this.loading.run(() => this.#app.host.call('activity_list', { ...request, limit: PAGE }));
    if (answer === undefined || question !== this.#question) return;
    this.#request = request;
    this.#older = answer.entries;
    this.more = answer.more;
    this.subjects = answer.subjects;
  }

  /** The next page. */
  async next(): Promise<void> {
    const before = this.#older?.at(-1)?.id;
    const question = this.#question;
    if (before === undefined) return;
    const answer = await this.paging.run(() => this.#app.host.call('activity_list', { ...this.#request, limit: PAGE, before }));
    if (answer === undefined || question !== this.#question) return;
    this.#older = [...(this.#older ?? []), ...answer.entries];
    this.more = answer.more;
  }
}
