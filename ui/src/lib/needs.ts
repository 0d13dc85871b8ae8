// What an entry asks of the machine before anybody has chosen anything: the same rules as the core's, for a card. The
// install page shows the core's own answer.
import type { CatalogDependencyView, CatalogEntryView, RequirementView } from '../ipc/generated';
import { parseSize } from './size';

/** The option values that a card assumes. */
export type Choices = Record<string, string>;

/** The value of an option: chosen, else its default. */
function valueOf(entry: CatalogEntryView, choices: Choices, id: string): string | null {
  return choices[id] ?? entry.options.find((option) => option.id === id)?.default ?? null;
}

/** What a requirement and a dependency say about when they count. */
type Condition = Pick<RequirementView, 'networks' | 'when_option' | 'when_equals'>;

function holds(entry: CatalogEntryView, what: Condition, network: string, choices: Choices): boolean {
  const here = what.networks.length === 0 || what.networks.includes(network);
  return here && (what.when_option === null || valueOf(entry, choices, what.when_option) === what.when_equals);
}

/** The other nodes that are needed with every default. */
export function defaultDependencies(entry: CatalogEntryView, network: string): CatalogDependencyView[] {
  return entry.dependencies.filter((each) => holds(entry, each, network, {}));
}

/** The requirement that holds for a network and choices, with the size option added. */
export function defaultNeeds(entry: CatalogEntryView, network: string, choices: Choices = {}): RequirementView | null {
  const need = entry.requirements.find((each) => holds(entry, each, network, choices));
  if (!need) return null;
  if (need.disk_option === null) return need;
  const option = entry.options.find((each) => each.id === need.disk_option);
  const extra = parseSize(valueOf(entry, choices, need.disk_option) ?? '', option?.unit ?? null) ?? 0;
  return { ...need, disk: need.disk + extra };
}

/** The smallest disk that any way of running it on a network takes. */
export function leastDisk(entry: CatalogEntryView, network: string): number | null {
  const disks = entry.requirements
    .filter((need) => need.networks.length === 0 || need.networks.includes(network))
    .map((need) => need.disk);
  return disks.length === 0 ? null : Math.min(...disks);
}
