// One honest sentence for a node's state. Never claims more than the status says.
import { present } from '../../faults/presentation';
import type { NodeView, StatusView } from '../../ipc/generated';
import { t } from '../../i18n/text';
import { bytes, clock, count, etaRange, percent, rate } from '../../lib/format';
import { nodeState, type NodeState } from '../../lib/status';

/** What is said about a node: the fact, and what stands behind it. */
export interface Sentence {
  head: string;
  detail: string | null;
  /** What of the detail is in the core's own words, which are English. */
  core: string | null;
}

type Said = Omit<Sentence, 'core'>;

const SECOND = 1000;

/** The sentence at a moment; `now` matters for countdowns only. */
export function sentence(node: NodeView, now: number): Sentence {
  const { head, detail } = describe(node, now);
  // The core's reasons are parts of sentences.
  const { why, fault } = node.status;
  const core = [why, fault?.title, fault?.why].find((words) => words && detail?.includes(words)) ?? null;
  return { head, detail: detail === null ? null : detail.charAt(0).toUpperCase() + detail.slice(1), core };
}

function describe(node: NodeView, now: number): Said {
  const { status } = node;
  const state = nodeState(status.state);
  switch (state) {
    case 'pulling':
      return pulling(node);
    case 'syncing':
      return syncing(node);
    case 'starting':
      return { head: waits(node) ? t.node.say.waiting : t.node.say.starting, detail: status.why ?? t.node.say.startingWhy };
    case 'ready':
      return { head: node.height === null ? t.node.say.ready : t.node.say.readyHeight(count(node.height)), detail: status.why };
    case 'stopping':
      return { head: t.node.say.stopping, detail: stopping(status, now) };
    case 'moving':
      return moving(node);
    case 'paused':
      return { head: t.node.say.paused, detail: status.why ?? t.node.say.pausedWhy };
    case 'retrying':
      return { head: retrying(status.retry_at, status.attempt, now), detail: status.fault ? present(status.fault).title : status.why };
    case 'stopped':
      return { head: node.external ? t.node.say.externalStopped : t.node.say.stopped, detail: status.why ?? (node.external ? null : t.node.say.stoppedWhy) };
    case 'failed':
      return failed(status);
    case 'degraded':
    case 'wrong-chain':
    case 'expired':
      return { head: t.node.say[state], detail: status.why };
    case 'unknown':
      return { head: t.node.say.unknown, detail: status.why ?? t.node.say.unknownWhy };
  }
}

function pulling({ status }: NodeView): Said {
  const { pull } = status;
  if (pull === null) return { head: t.node.say.pulling, detail: status.why };
  const done = pull.total === null ? bytes(pull.downloaded) : t.node.pull.of(bytes(pull.downloaded), bytes(pull.total));
  return { head: t.node.say.pulling, detail: pull.rate === null ? done : t.node.say.list(done, rate(pull.rate)) };
}

function syncing({ status }: NodeView): Said {
  const stage = status.stage;
  const word = isSaid(stage) ? t.node.say[stage] : t.node.say.blocks;
  const head = status.progress === null ? word : t.node.say.share(word, percent(status.progress));
  const range = etaRange(status.eta_low_s, status.eta_high_s);
  if (range === null) return { head, detail: status.why ?? t.node.say.noEta };
  // What the node tells about this stage comes first: it is what it does now.
  const bound = status.eta_bound_by === null ? null : (t.units.bounds[status.eta_bound_by] ?? status.eta_bound_by);
  const left = bound === null ? t.node.say.left(range) : t.node.say.list(t.node.say.left(range), t.node.say.bound(bound));
  return { head, detail: status.why === null ? left : t.node.say.reason(status.why, left) };
}

type SaidStage = 'pre-headers' | 'headers' | 'state' | 'blocks' | 'indexing' | 'needs-owner';

function isSaid(stage: string | null): stage is SaidStage {
  return stage === 'pre-headers' || stage === 'headers' || stage === 'state' || stage === 'indexing' || stage === 'needs-owner';
}

/** Whether it has not been started yet because another node has to be there first. */
function waits(node: NodeView): boolean {
  return node.needs.length > 0 && node.status.why !== null && !node.services.some((service) => service.state === 'running');
}

function failed({ fault, why }: StatusView): Said {
  if (fault === null) return { head: t.node.say.failed, detail: why };
  const shown = present(fault);
  return { head: shown.title, detail: shown.why };
}

function stopping({ since, kill_at: killAt }: StatusView, now: number): string | null {
  if (since === null || killAt === null) return t.node.say.stoppingOthers;
  return t.node.say.stoppingOf(clock((Math.min(now, killAt) - since) / SECOND), clock((killAt - since) / SECOND));
}

function moving({ status }: NodeView): Said {
  const { moved_bytes: done, move_bytes: all, progress } = status;
  const head = progress === null ? t.node.say.moving : t.node.say.share(t.node.say.moving, percent(progress));
  return { head, detail: done === null || all === null ? status.why : t.move.of(bytes(done), bytes(all)) };
}

/** How far a clean stop is, in percent of the time that it may take; nothing while it has not begun. */
export function stopShare({ since, kill_at: killAt }: StatusView, now: number): number | null {
  if (since === null || killAt === null || killAt <= since) return null;
  return Math.max(0, Math.min(100, ((now - since) / (killAt - since)) * 100));
}

function retrying(at: number | null, attempt: number | null, now: number): string {
  if (at === null || at <= now) return t.node.say.retryingNow;
  return t.node.say.retrying(clock((at - now) / SECOND), attempt ?? 1);
}

/** How far the ring is filled; nothing where progress makes no sense or is not known. */
export function ringValue(node: NodeView): number | null {
  const state: NodeState = nodeState(node.status.state);
  if (state === 'ready') return 100;
  if (state === 'pulling' || state === 'syncing' || state === 'moving') return node.status.progress;
  return null;
}

/** Whether the ring turns while there is no value. */
export function isMoving(node: NodeView): boolean {
  return ['pulling', 'starting', 'syncing', 'moving', 'stopping', 'retrying'].includes(node.status.state);
}
