// Parts of a preflight answer: other nodes that are needed, the measured disk.
import type { CatalogEntryView, DependencyView, DiskSpeedView, NodeView, SyncEstimate } from '../src/ipc/generated';

export const speed: DiskSpeedView = { write_rate: 412e6, read_rate: 498e6, fsyncs: 820, random_reads: 38_400 };

export const estimate: SyncEstimate = {
  low_s: 15.2 * 3600, high_s: 22.6 * 3600,
  because: 'The processor bounds it: 8 cores check some 900 blocks a minute, and the disk keeps up. Rests on measured syncs of other machines.',
};

/** The nodes that an entry needs, among those that are there. */
export function dependencies(entry: CatalogEntryView, chosen: Record<string, string>, nodes: readonly NodeView[]): DependencyView[] {
  return entry.dependencies.map((need) => {
    const mine = nodes.filter((node) => need.clients.includes(node.client));
    const wanted = chosen[need.name] ?? mine[0]?.id ?? 'new';
    const used = mine.find((node) => node.id === wanted);
    const pruned = used?.options['storage'] === 'pruned';
    return {
      name: need.name, client: need.clients[0] ?? '', purpose: need.purpose, is_new: used === undefined,
      node: used?.id ?? `${need.clients[0] ?? ''}-mainnet`, others: mine.map((node) => node.id).filter((id) => id !== used?.id),
      changes: used === undefined ? [] : [
        { option: 'txindex', label: 'Transaction index', from: used.options['txindex'] ?? 'off', to: 'on', effect: 'reindex', because: `${entry.name} looks transactions up by their id. Building the index takes 6 to 12 hours.` },
        ...(pruned ? [{ option: 'storage', label: 'Storage', from: 'pruned', to: 'full', effect: 'resync', because: `${entry.name} reads every block.` }] : []),
      ],
    };
  });
}
