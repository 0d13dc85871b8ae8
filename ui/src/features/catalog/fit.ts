// What this machine can carry: an entry's needs, with those of the nodes that it needs and that are not there yet, against
// free disk and memory. The install page asks the core, which looks closer; this is for choosing among cards. The catalog
// names no least number of processors, so none is looked at.
import type { CatalogEntryView, MachineView, NodeView } from '../../ipc/generated';
import { SPARE } from '../../lib/disks';
import { defaultDependencies, defaultNeeds, leastDisk } from '../../lib/needs';

/** Whether it can be carried. */
export type Fit = 'fits' | 'tight' | 'big' | 'unknown';

/** Why it is so. */
export type FitWhy = 'room' | 'disk' | 'memory' | 'smaller' | 'growth' | 'busy' | 'figures';

/** How an entry fits, with the two figures that decide. */
export interface Verdict {
  fit: Fit;
  why: FitWhy;
  need: number;
  have: number;
}

/** The core warns over the same time. */
const MONTHS_AHEAD = 12;

/** What the cards are judged against. */
export interface Ground {
  entries: readonly CatalogEntryView[];
  machine: MachineView;
  nodes: readonly NodeView[];
}

interface Sum {
  disk: number;
  least: number;
  growth: number;
  ram: number;
}

/** An entry's needs and those of every node that would be installed with it; nothing where the catalog has no figures. */
function sumOf(entry: CatalogEntryView, network: string, ground: Ground, seen: readonly string[] = []): Sum | null {
  const needs = defaultNeeds(entry, network);
  if (needs === null || seen.includes(entry.id)) return null;
  let sum: Sum = { disk: needs.disk, least: Math.min(needs.disk, leastDisk(entry, network) ?? needs.disk), growth: needs.disk_per_month, ram: needs.ram };
  for (const dependency of defaultDependencies(entry, network)) {
    if (ground.nodes.some((node) => dependency.clients.includes(node.client) && node.network === network)) continue;
    const other = ground.entries.find((each) => each.id === dependency.clients[0]);
    const added = other ? sumOf(other, network, ground, [...seen, entry.id]) : null;
    if (added === null) return null;
    // What is needed often needs everything of the other, so that its smallest way is not reckoned with.
    sum = { disk: sum.disk + added.disk, least: sum.least + added.disk, growth: sum.growth + added.growth, ram: sum.ram + added.ram };
  }
  return sum;
}

/** How an entry fits on this machine with its defaults on its first network. */
export function fitOf(entry: CatalogEntryView, ground: Ground): Verdict {
  const sum = sumOf(entry, entry.networks[0]?.id ?? '', ground);
  const { machine } = ground;
  const free = Math.max(0, ...machine.disks.map((disk) => disk.available));
  if (sum === null || machine.disks.length === 0 || machine.memory_total === 0) return { fit: 'unknown', why: 'figures', need: 0, have: 0 };
  const idle = Math.max(0, machine.memory_total - machine.memory_used);
  const wanted = (bytes: number) => Math.round(bytes * SPARE);
  if (free < wanted(sum.least)) return { fit: 'big', why: 'disk', need: wanted(sum.least), have: free };
  if (machine.memory_total < sum.ram) return { fit: 'big', why: 'memory', need: sum.ram, have: machine.memory_total };
  if (free < wanted(sum.disk)) return { fit: 'tight', why: 'smaller', need: wanted(sum.disk), have: free };
  const later = sum.disk + sum.growth * MONTHS_AHEAD;
  if (free < later) return { fit: 'tight', why: 'growth', need: later, have: free };
  if (idle < sum.ram) return { fit: 'tight', why: 'busy', need: sum.ram, have: idle };
  return { fit: 'fits', why: 'room', need: sum.disk, have: free };
}
