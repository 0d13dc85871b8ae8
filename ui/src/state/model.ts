// The read model of the window and the pure functions that keep it: a snapshot, then numbered events. An event that the
// snapshot already holds is ignored; a hole in the numbers asks for the snapshot again.
import type {
  ActivityEntry, AppEvent, AppSnapshot, Change, MachineView, NodeUsage, NodeView,
} from '../ipc/generated';
import { addSample, emptyHistory, type History } from './history';
import { follow, type Trail } from './trail';

/** Newest activity entries kept from events; the page asks for older ones. */
const RECENT_ACTIVITY = 200;

/** Everything the window knows. */
export interface Model extends AppSnapshot {
  /** What each node used lately, by id. */
  usage: Record<string, History>;
  /** Blocks that arrived at each node, and why a figure went back, by id. */
  trails: Record<string, Trail>;
  /** What the machine used lately. */
  machineHistory: History;
  /** Entries that arrived as events, newest first. */
  recent: ActivityEntry[];
  /** Counts up when wallets should be looked at again. */
  walletsChanged: number;
}

/** What became of an event. */
export interface Reduced {
  model: Model;
  /** Events were missed: the snapshot must be asked for again. */
  gap: boolean;
}

/** Starts or restarts from a snapshot; histories survive, so that a reconnect does not blank the charts. */
export function fromSnapshot(snapshot: AppSnapshot, before: Model | null, now: number = Date.now()): Model {
  const ids = new Set(snapshot.nodes.map((node) => node.id));
  const kept = Object.entries(before?.usage ?? {}).filter(([id]) => ids.has(id));
  const followed = snapshot.nodes.map((node) => follow(before?.trails[node.id], node, now));
  return {
    ...snapshot,
    nodes: followed.map(({ node }) => node),
    trails: Object.fromEntries(followed.map(({ node, trail }) => [node.id, trail])),
    usage: Object.fromEntries(kept),
    machineHistory: before?.machineHistory ?? emptyHistory(),
    recent: before?.recent ?? [],
    walletsChanged: (before?.walletsChanged ?? 0) + 1,
  };
}

/** Applies one event. */
export function reduce(model: Model, event: AppEvent, now: number): Reduced {
  if (event.revision <= model.revision) return { model, gap: false };
  if (event.revision > model.revision + 1) return { model, gap: true };
  return { model: { ...applyChange(model, event.change, now), revision: event.revision }, gap: false };
}

function applyChange(model: Model, change: Change, now: number): Model {
  switch (change.kind) {
    case 'node':
      return withNode(model, change.node, now);
    case 'node_gone': {
      const { [change.id]: _gone, ...usage } = model.usage;
      const { [change.id]: _left, ...trails } = model.trails;
      return { ...model, nodes: model.nodes.filter((node) => node.id !== change.id), usage, trails };
    }
    case 'engine':
      return { ...model, engine: change.engine };
    case 'usage':
      return applyUsage(model, change.machine, change.nodes, now);
    case 'activity':
      return { ...model, recent: [change.entry, ...model.recent].slice(0, RECENT_ACTIVITY) };
    // The shell shows it on the desktop; what it is about stands on the screens already.
    case 'notification':
      return model;
    case 'wallets':
      return { ...model, walletsChanged: model.walletsChanged + 1 };
    case 'settings':
      return { ...model, settings: change.settings };
  }
}

/** Takes a look at a node, from an event or an answer. */
export function withNode(model: Model, seen: NodeView, now: number): Model {
  const { node, trail } = follow(model.trails[seen.id], seen, now);
  return { ...model, nodes: putNode(model.nodes, node), trails: { ...model.trails, [node.id]: trail } };
}

function putNode(nodes: NodeView[], node: NodeView): NodeView[] {
  const at = nodes.findIndex((known) => known.id === node.id);
  return at === -1 ? [...nodes, node] : nodes.with(at, node);
}

function applyUsage(model: Model, machine: MachineView, nodes: NodeUsage[], now: number): Model {
  const usage = { ...model.usage };
  for (const node of nodes) {
    usage[node.node] = addSample(usage[node.node] ?? emptyHistory(), {
      at: now, cpu: node.cpu_percent, memory: node.memory_bytes, disk: node.disk_bytes, ...rates(node),
    });
  }
  const machineHistory = addSample(model.machineHistory, {
    at: now, cpu: machine.cpu_percent, memory: machine.memory_used, disk: null, ...rates(machine),
  });
  return { ...model, machine, usage, machineHistory };
}

function rates(used: MachineView | NodeUsage) {
  return { netIn: used.net_in_rate, netOut: used.net_out_rate, diskRead: used.disk_read_rate, diskWrite: used.disk_write_rate };
}
