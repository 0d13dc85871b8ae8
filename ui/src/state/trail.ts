// What a node's numbers did: the blocks that arrived while this window looked, and why a figure went back when it did.
// Progress that falls without a reason makes people distrust the rest; so it is either held (a tremble of the estimate)
// or shown together with the reason. Pure; bounded.
import type { NodeView } from '../ipc/generated';

/** Blocks kept. */
export const MOST_BLOCKS = 8;
/** Percent points that an estimate may tremble by without anything having happened. */
const TREMBLE = 0.05;
/** More blocks than this are never replaced by a reorganisation on a chain that is well: a day of Bitcoin. */
const DEEPEST_REORG = 144;
/** How long a reason stays after the fall. */
const STAYS_MS = 15 * 60_000;

/** A look at which the node was higher than before. */
export interface BlockSeen {
  height: number;
  /** How many blocks came since the look before; more than one while it catches up. */
  count: number;
  /** When it was seen. */
  at: number;
  /** When the block was made, as far as the node tells. */
  made: number | null;
}

/** Why a figure went back. */
export type SetbackKind = 'again' | 'options' | 'version' | 'data' | 'reorg' | 'reindex' | 'restart' | 'stage' | 'target' | 'unknown';

/** A figure that went back. */
export interface Setback {
  kind: SetbackKind;
  figure: 'progress' | 'height';
  from: number;
  to: number;
  at: number;
}

/** What the next look is compared with. */
interface Mark {
  group: string | null;
  stage: string | null;
  progress: number | null;
  height: number | null;
  target: number | null;
  options: string;
  images: string;
  folder: string;
  started: number | null;
}

/** What is kept about one node. */
export interface Trail {
  /** Newest first. */
  blocks: readonly BlockSeen[];
  setback: Setback | null;
  mark: Mark;
}

/** Takes a look at a node: what is kept from it, and the node as it is shown. */
export function follow(before: Trail | undefined, node: NodeView, now: number): { trail: Trail; node: NodeView } {
  const seen = markOf(node);
  if (!before) return { trail: { blocks: firstBlock(node, now), setback: null, mark: seen }, node };
  const shown = trembles(before.mark, seen) ? { ...node, status: { ...node.status, progress: before.mark.progress } } : node;
  const mark = keep(before.mark, markOf(shown));
  const fallen = setback(before.mark, seen, now);
  return {
    trail: { blocks: blocks(before, node, now), setback: fallen ?? stillHolds(before.setback, mark, now), mark },
    node: shown,
  };
}

function markOf(node: NodeView): Mark {
  const { state, stage, progress } = node.status;
  const starts = node.services.map((service) => service.started_at).filter((at) => at !== null);
  return {
    group: groupOf(state), stage, progress: groupOf(state) === null ? null : progress, height: node.height, target: node.target,
    options: JSON.stringify(Object.entries(node.options).sort()), folder: node.data_dir,
    images: node.services.map((service) => service.digest).join(),
    started: starts.length === 0 ? null : Math.max(...starts),
  };
}

/** States whose percent means the same. */
function groupOf(state: string): string | null {
  return state === 'syncing' || state === 'ready' ? 'sync' : state === 'pulling' || state === 'moving' ? state : null;
}

/** A look that tells nothing (the node starts, the engine is away) does not make what was seen before forgotten. */
function keep(before: Mark, seen: Mark): Mark {
  const { height, target, started } = { height: seen.height ?? before.height, target: seen.target ?? before.target, started: seen.started ?? before.started };
  if (seen.progress !== null) return { ...seen, height, target, started };
  return { ...seen, group: before.group, stage: before.stage, progress: before.progress, height, target, started };
}

function heightFell(before: Mark, seen: Mark): boolean {
  return before.height !== null && seen.height !== null && seen.height < before.height;
}

function fall(before: Mark, seen: Mark): number {
  if (seen.group !== before.group || seen.progress === null || before.progress === null) return 0;
  return before.progress - seen.progress;
}

function trembles(before: Mark, seen: Mark): boolean {
  const by = fall(before, seen);
  return by > 0 && by <= TREMBLE && before.progress !== 100 && seen.stage === before.stage && !heightFell(before, seen);
}

function setback(before: Mark, seen: Mark, at: number): Setback | null {
  const kind = () => why(before, seen);
  if (fall(before, seen) > TREMBLE) return { kind: kind(), figure: 'progress', from: before.progress ?? 0, to: seen.progress ?? 0, at };
  if (heightFell(before, seen)) return { kind: kind(), figure: 'height', from: before.height ?? 0, to: seen.height ?? 0, at };
  return null;
}

/** What has changed beside the figure, the likeliest cause first. */
function why(before: Mark, seen: Mark): SetbackKind {
  if (seen.group !== 'sync') return 'again';
  if (seen.folder !== before.folder) return 'data';
  if (seen.images !== before.images) return 'version';
  if (seen.options !== before.options) return 'options';
  const [from, to] = [before.height ?? 0, seen.height ?? 0];
  if (heightFell(before, seen)) {
    if (to < from / 2 && from - to > DEEPEST_REORG) return 'reindex';
    if (seen.started !== null && seen.started !== before.started) return 'restart';
    return from - to <= DEEPEST_REORG ? 'reorg' : 'unknown';
  }
  if (seen.stage !== before.stage && seen.stage !== 'ready' && before.stage !== 'ready') return 'stage';
  if ((seen.target ?? 0) > (before.target ?? 0)) return 'target';
  return seen.started !== null && seen.started !== before.started ? 'restart' : 'unknown';
}

function stillHolds(kept: Setback | null, mark: Mark, now: number): Setback | null {
  if (kept === null || now - kept.at > STAYS_MS) return null;
  const recovered = kept.figure === 'progress' && mark.progress !== null && mark.progress >= kept.from;
  return recovered ? null : kept;
}

function made(node: NodeView, now: number): number | null {
  return node.tip_age_s === null ? null : now - node.tip_age_s * 1000;
}

/** What is known at the first look is the tip, not an arrival. */
function firstBlock(node: NodeView, now: number): BlockSeen[] {
  return node.height === null || node.height === 0 || node.tip_age_s === null ? [] : [{ height: node.height, count: 1, at: now, made: made(node, now) }];
}

function blocks(before: Trail, node: NodeView, now: number): readonly BlockSeen[] {
  const last = before.mark.height;
  if (node.height === null || node.height === last) return before.blocks;
  if (last === null) return firstBlock(node, now);
  // Blocks above the new height are no longer part of the chain.
  const standing = before.blocks.filter((block) => block.height < (node.height ?? 0));
  const arrived = { height: node.height, count: Math.max(1, node.height - last), at: now, made: made(node, now) };
  return [arrived, ...standing].slice(0, MOST_BLOCKS);
}
