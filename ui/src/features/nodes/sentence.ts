// One honest sentence for a node's state. Never claims more than the status says.
import type { NodeView } from '../../ipc/generated';
import { t } from '../../i18n/text';
import { bytes, clock, count, etaRange, percent, rate } from '../../lib/format';
import { nodeState, type NodeState } from '../../lib/status';

/** What is said about a node: the fact, and what stands behind it. */
export interface Sentence {
  head: string;
  detail: string | null;
}

const SECOND = 1000;

/** The sentence at a moment; `now` matters for countdowns only, `grace` is the longest a clean stop may take in seconds. */
export function sentence(node: NodeView, now: number, grace: number | null = null): Sentence {
  const { head, detail } = describe(node, now, grace);
  // The core's reasons are parts of sentences.
  return { head, detail: detail === null ? null : detail.charAt(0).toUpperCase() + detail.slice(1) };
}

function describe(node: NodeView, now: number, grace: number | null): Sentence {
  const { status } = node;
  const state = nodeState(status.state);
  switch (state) {
    case 'pulling':
      return pulling(node);
    case 'syncing':
      return syncing(node);
    case 'starting':
      return { head: t.node.say.starting, detail: status.why ?? t.node.say.startingWhy };
    case 'ready':
      return { head: node.height === null ? t.node.say.ready : t.node.say.readyHeight(count(node.height)), detail: status.why };
    case 'stopping':
      return { head: t.node.say.stopping, detail: stopping(status.kill_at, grace, now) };
    case 'retrying':
      return { head: retrying(status.retry_at, status.attempt, now), detail: status.fault?.title ?? status.why };
    case 'stopped':
      return { head: t.node.say.stopped, detail: status.why ?? t.node.say.stoppedWhy };
    case 'failed':
      return { head: status.fault?.title ?? t.node.say.failed, detail: status.fault?.why ?? status.why };
    case 'degraded':
    case 'wrong-chain':
    case 'expired':
      return { head: t.node.say[state], detail: status.why };
    case 'unknown':
      return { head: t.node.say.unknown, detail: status.why ?? t.node.say.unknownWhy };
  }
}

function pulling({ status }: NodeView): Sentence {
  const { pull } = status;
  if (pull === null) return { head: t.node.say.pulling, detail: status.why };
  const done = pull.total === null ? bytes(pull.downloaded) : t.node.pull.of(bytes(pull.downloaded), bytes(pull.total));
  return { head: t.node.say.pulling, detail: pull.rate === null ? done : `${done}, ${rate(pull.rate)}` };
}

function syncing({ status }: NodeView): Sentence {
  const stage = status.stage;
  const word = stage === 'pre-headers' || stage === 'headers' ? t.node.say[stage] : t.node.say.blocks;
  const head = status.progress === null ? word : `${word}: ${percent(status.progress)}`;
  const range = etaRange(status.eta_low_s, status.eta_high_s);
  if (range === null) return { head, detail: status.why ?? t.node.say.noEta };
  const bound = status.eta_bound_by === null ? '' : `, ${t.node.say.bound(status.eta_bound_by)}`;
  return { head, detail: `${t.node.say.left(range)}${bound}` };
}

function stopping(killAt: number | null, grace: number | null, now: number): string | null {
  if (killAt === null) return null;
  const left = (killAt - now) / SECOND;
  return grace === null ? t.node.say.stoppingLeft(clock(left)) : t.node.say.stoppingOf(clock(grace - left), clock(grace));
}

function retrying(at: number | null, attempt: number | null, now: number): string {
  if (at === null || at <= now) return t.node.say.retryingNow;
  return t.node.say.retrying(clock((at - now) / SECOND), attempt ?? 1);
}

/** How far the ring is filled; nothing where progress makes no sense or is not known. */
export function ringValue(node: NodeView): number | null {
  const state: NodeState = nodeState(node.status.state);
  if (state === 'ready') return 100;
  if (state === 'pulling' || state === 'syncing') return node.status.progress;
  return null;
}

/** Whether the ring turns while there is no value. */
export function isMoving(node: NodeView): boolean {
  return ['pulling', 'starting', 'syncing', 'stopping', 'retrying'].includes(node.status.state);
}
