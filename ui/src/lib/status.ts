// The one table from a node's state to what people see: an icon, a word and a tone, never a colour alone.
import type { IconName } from '../components/icons';
import type { EngineState } from '../ipc/generated';
import { t } from '../i18n/text';

/** What a colour stands for. */
export type Tone = 'ok' | 'busy' | 'info' | 'warn' | 'alert' | 'quiet';

/** Every state that the wire knows. */
export type NodeState =
  | 'pulling' | 'starting' | 'syncing' | 'ready' | 'degraded' | 'moving' | 'paused' | 'stopping' | 'stopped'
  | 'retrying' | 'failed' | 'wrong-chain' | 'expired' | 'unknown';

/** How a state looks. */
export interface Look {
  icon: IconName;
  tone: Tone;
  word: string;
}

const looks: Record<NodeState, Omit<Look, 'word'>> = {
  pulling: { icon: 'download', tone: 'busy' },
  starting: { icon: 'loader', tone: 'busy' },
  syncing: { icon: 'sync', tone: 'busy' },
  ready: { icon: 'check', tone: 'ok' },
  degraded: { icon: 'warning', tone: 'warn' },
  moving: { icon: 'move', tone: 'info' },
  paused: { icon: 'pause', tone: 'quiet' },
  stopping: { icon: 'loader', tone: 'info' },
  stopped: { icon: 'stop', tone: 'quiet' },
  retrying: { icon: 'clock', tone: 'warn' },
  failed: { icon: 'alert', tone: 'alert' },
  'wrong-chain': { icon: 'fork', tone: 'alert' },
  expired: { icon: 'clock', tone: 'warn' },
  unknown: { icon: 'question', tone: 'quiet' },
};

/** A state from the wire; one that this window does not know is unknown, not an error. */
export function nodeState(state: string): NodeState {
  return state in looks ? (state as NodeState) : 'unknown';
}

/** How a node's state looks. */
export function nodeLook(state: string): Look {
  const known = nodeState(state);
  return { ...looks[known], word: t.status[known] };
}

const engineLooks: Record<EngineState, Omit<Look, 'word'>> = {
  looking: { icon: 'loader', tone: 'busy' },
  connected: { icon: 'check', tone: 'ok' },
  down: { icon: 'alert', tone: 'alert' },
};

/** How the engine's state looks. */
export function engineLook(state: EngineState): Look {
  return { ...engineLooks[state], word: t.engine.states[state] };
}

/** Whether something of the node runs or goes on by itself, so that stopping makes sense. */
export function isUp(state: NodeState): boolean {
  return ['pulling', 'starting', 'syncing', 'ready', 'degraded', 'paused', 'retrying', 'wrong-chain', 'expired'].includes(state);
}
