// Which entries are shown: words that all occur, one chain or all, what can be installed before what is only listed.
import type { CatalogEntryView } from '../../ipc/generated';

/** A chain of the catalog with how many entries it has. */
export interface ChainCount {
  id: string;
  name: string;
  count: number;
}

/** Stands for all chains. */
export const ALL = '';

/** What is shown. */
export interface Selection {
  installable: CatalogEntryView[];
  listed: CatalogEntryView[];
}

/** Every chain, the ones with most entries first. */
export function chains(entries: readonly CatalogEntryView[]): ChainCount[] {
  const found = new Map<string, ChainCount>();
  for (const entry of entries) {
    const known = found.get(entry.chain) ?? { id: entry.chain, name: entry.chain_name, count: 0 };
    found.set(entry.chain, { ...known, count: known.count + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

/** The entries that match. */
export function select(entries: readonly CatalogEntryView[], query: string, chain: string): Selection {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = entries.filter((entry) => {
    if (chain !== ALL && entry.chain !== chain) return false;
    const text = [entry.id, entry.name, entry.chain_name, entry.summary, ...entry.wallets].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return { installable: shown.filter((entry) => entry.unavailable === null), listed: shown.filter((entry) => entry.unavailable !== null) };
}

/** Whether a day such as `2026-12-17` is over. */
export function isOver(day: string, now: number): boolean {
  const end = new Date(`${day}T23:59:59Z`).getTime();
  return !Number.isNaN(end) && end < now;
}
