// What fits on a disk, and how fast it is: judged for the chains that most people start with.
import type { CatalogEntryView, DiskChoice, DiskSpeedView, MachineView } from '../ipc/generated';
import { defaultNeeds, leastDisk } from './needs';

/** Room that stays free beside the data, as the core asks for it. */
export const SPARE = 1.1;
/** Small reads a second below which a first sync takes weeks, and above which nothing waits for the disk. */
const READS = { slow: 500, fast: 5000 };

/** How much of a chain fits. */
export type Fit = 'whole' | 'part' | 'none';

/** A chain as the cards of disks name it. */
export interface FitLine {
  name: string;
  fit: Fit;
}

/** The network whose size counts: the first that has peers. */
function realNetwork(entry: CatalogEntryView): string {
  return (entry.networks.find((network) => network.needs_peers) ?? entry.networks[0])?.id ?? '';
}

/** How much of an entry's chain fits into so many free bytes: with every default, or with the least that it can do with. */
export function fitOf(entry: CatalogEntryView, available: number): Fit {
  const network = realNetwork(entry);
  const whole = defaultNeeds(entry, network)?.disk ?? 0;
  if (whole * SPARE <= available) return 'whole';
  const least = leastDisk(entry, network) ?? whole;
  return least * SPARE <= available ? 'part' : 'none';
}

/** How much of these chains fits on a disk. */
export function fitLines(entries: readonly CatalogEntryView[], disk: Pick<DiskChoice, 'available'>): FitLine[] {
  return entries.map((entry) => ({ name: entry.chain_name, fit: fitOf(entry, disk.available) }));
}

/** Whether a disk is fast enough; by small reads, which bound a first sync. */
export function speedVerdict(speed: DiskSpeedView): 'fast' | 'fair' | 'slow' {
  return speed.random_reads >= READS.fast ? 'fast' : speed.random_reads >= READS.slow ? 'fair' : 'slow';
}

/**
 * What stands against an entry on this machine. A lack of room comes as both of its figures: what is missing alone can be
 * more than the data, since room is to spare, and would look wrong beside it.
 */
export type Verdict =
  | { kind: 'fits'; whole: boolean }
  | { kind: 'less'; least: number }
  | { kind: 'disk'; wanted: number; free: number }
  | { kind: 'memory'; needed: number; has: number }
  | { kind: 'unknown' };

/** Whether a machine carries an entry with these choices, the data on this disk. */
export function verdictOf(entry: CatalogEntryView, choices: Record<string, string>, machine: MachineView, disk: DiskChoice | null): Verdict {
  const network = realNetwork(entry);
  const needs = defaultNeeds(entry, network, choices);
  if (needs === null || disk === null) return { kind: 'unknown' };
  const wanted = Math.round(needs.disk * SPARE);
  if (wanted > disk.available) {
    const least = leastDisk(entry, network);
    return least !== null && least * SPARE <= disk.available ? { kind: 'less', least } : { kind: 'disk', wanted, free: disk.available };
  }
  if (needs.ram > machine.memory_total) return { kind: 'memory', needed: needs.ram, has: machine.memory_total };
  return { kind: 'fits', whole: fitOf(entry, disk.available) === 'whole' };
}
