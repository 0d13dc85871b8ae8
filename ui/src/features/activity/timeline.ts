// Puts entries from the store and from events together, and cuts them into days.
import type { ActivityEntry } from '../../ipc/generated';
import { t } from '../../i18n/text';
import { day } from '../../lib/format';

/** One day of entries, newest first. */
export interface Day {
  heading: string;
  entries: ActivityEntry[];
}

const DAY_MS = 86_400_000;

/** Both lists without doubles, newest first. */
export function merge(recent: readonly ActivityEntry[], older: readonly ActivityEntry[]): ActivityEntry[] {
  const byId = new Map([...older, ...recent].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => b.at - a.at || b.id - a.id);
}

/** Groups by calendar day of this machine. */
export function byDay(entries: readonly ActivityEntry[], now: number): Day[] {
  const days = new Map<string, ActivityEntry[]>();
  for (const entry of entries) {
    const key = new Date(entry.at).toDateString();
    days.set(key, [...(days.get(key) ?? []), entry]);
  }
  const names = new Map([
    [new Date(now).toDateString(), t.activity.today],
    [new Date(now - DAY_MS).toDateString(), t.activity.yesterday],
  ]);
  return [...days].map(([key, list]) => ({ heading: names.get(key) ?? day(list[0]?.at ?? now), entries: list }));
}
