// What a node uses now: the newest figure from events, else what the node's own view says. Nothing while nothing runs.
import type { NodeView, ServiceView } from '../../ipc/generated';
import { latest, type History } from '../../state/history';

function sum(node: NodeView, figure: (service: ServiceView) => number | null): number | null {
  const known = node.services.map(figure).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

/** Whether any of its containers runs, as far as anybody can say. */
export function runs(node: NodeView): boolean {
  return node.status.state !== 'unknown' && node.services.some((service) => service.state === 'running');
}

/** Percent of one core. */
export function cpuPercent(node: NodeView, history: History): number | null {
  return runs(node) ? (latest(history, 'cpu') ?? sum(node, (service) => service.cpu_percent)) : null;
}

/** Memory in bytes. */
export function memoryBytes(node: NodeView, history: History): number | null {
  return runs(node) ? (latest(history, 'memory') ?? sum(node, (service) => service.memory_bytes)) : null;
}

/** Bytes on disk: what the machine counted, else what the node says. */
export function diskBytes(node: NodeView, history: History): number | null {
  return latest(history, 'disk') ?? sum(node, (service) => service.disk_bytes) ?? node.chain_bytes;
}

/** Bytes a second over the network or to the disk. */
export function rateOf(node: NodeView, history: History, figure: 'netIn' | 'netOut' | 'diskRead' | 'diskWrite'): number | null {
  const field = ({ netIn: 'net_in_rate', netOut: 'net_out_rate', diskRead: 'disk_read_rate', diskWrite: 'disk_write_rate' } as const)[figure];
  return runs(node) ? (latest(history, figure) ?? sum(node, (service) => service[field])) : null;
}
