// What goes on by itself in the fake core: a move copies, an update is fetched, proved and done.
import type { NodeView } from '../src/ipc/generated';

const SHARE = 4;

/** The node a second later; nothing where nothing goes on. */
export function tick(node: NodeView): NodeView | null {
  if (node.status.state === 'moving' && node.status.move_bytes !== null) {
    const moved = Math.min(node.status.move_bytes, (node.status.moved_bytes ?? 0) + (node.status.move_bytes * SHARE) / 100);
    if (moved < node.status.move_bytes) return { ...node, status: { ...node.status, moved_bytes: moved, progress: (moved / node.status.move_bytes) * 100 } };
    return { ...node, move_phase: null, status: { ...node.status, state: 'ready', progress: 100, stage: 'ready', moved_bytes: null, move_bytes: null } };
  }
  return null;
}
