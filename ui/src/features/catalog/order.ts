// Which of the entries are shown by what the machine can carry, and in which order.
import type { CatalogEntryView, SyncEstimate } from '../../ipc/generated';
import { defaultNeeds } from '../../lib/needs';
import type { Verdict } from './fit';

/** Which entries, by what the machine can carry. */
export type FitFilter = 'any' | 'fits' | 'carried' | 'big';

/** In which order. */
export type Order = 'catalog' | 'name' | 'disk' | 'memory' | 'sync';

/** Whether an entry passes the filter. What nobody can judge is shown with everything only. */
export function passes({ fit }: Verdict, filter: FitFilter): boolean {
  if (filter === 'any') return true;
  if (filter === 'carried') return fit === 'fits' || fit === 'tight';
  return fit === filter;
}

/** The entries in an order; what has no figure comes last, and equals stay as they were. */
export function ordered(entries: readonly CatalogEntryView[], order: Order, estimates: ReadonlyMap<string, SyncEstimate>): CatalogEntryView[] {
  if (order === 'catalog') return [...entries];
  if (order === 'name') return [...entries].sort((a, b) => a.name.localeCompare(b.name));
  const figure = (entry: CatalogEntryView): number => {
    const needs = defaultNeeds(entry, entry.networks[0]?.id ?? '');
    if (needs === null) return Infinity;
    if (order === 'disk') return needs.disk;
    if (order === 'memory') return needs.ram;
    // Without a measurement the size of the download stands in for the time.
    return estimates.size === 0 || needs.download === 0 ? needs.download : (estimates.get(entry.id)?.high_s ?? Infinity);
  };
  return [...entries].sort((a, b) => {
    const [one, two] = [figure(a), figure(b)];
    return one === two ? 0 : one - two;
  });
}
