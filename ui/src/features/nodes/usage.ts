// Figures that several parts of a node's page need from the same place.
import type { NodeView } from '../../ipc/generated';
import { latest, type History } from '../../state/history';

/** Bytes on disk: what the machine counted, else what the node says. */
export function diskBytes(node: NodeView, history: History): number | null {
  const services = node.services.map((service) => service.disk_bytes).filter((bytes) => bytes !== null);
  const counted = latest(history, 'disk') ?? (services.length === 0 ? null : services.reduce((sum, bytes) => sum + bytes, 0));
  return counted ?? node.chain_bytes;
}
