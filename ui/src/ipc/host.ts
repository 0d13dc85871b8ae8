// The one seam between the interface and whatever runs the core: the desktop shell, the headless host, or a
// development fake. Nothing outside this folder knows which one is in use.
import type { AppEvent, Commands, FaultCode, FaultView } from './generated';
import { faultWords } from './generated';

/** The name of a command. */
export type CommandName = keyof Commands;

/** What to do with running nodes when the window quits. */
export type QuitChoice = 'keep' | 'stop';

/** Receives what a subscription brings. */
export interface Listener {
  onEvent(event: AppEvent): void;
  /** Events may have been missed: the snapshot must be asked for again. */
  onGap(): void;
  /** The core went away or came back. */
  onConnection(connected: boolean): void;
}

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** Something that answers commands. */
export interface Host {
  readonly kind: 'desktop' | 'browser' | 'fake';
  /** Carries out a command. Rejects with `HostFault` only. */
  call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['response']>;
  subscribe(listener: Listener): Unsubscribe;
  /** Calls back when the user wants to quit and the setting says to ask. Absent where there is no window to close. */
  onQuitAsked?(ask: () => void): Unsubscribe;
  quit?(choice: QuitChoice): Promise<void>;
}

/** A command that was refused or failed. */
export class HostFault extends Error {
  readonly fault: FaultView;

  constructor(fault: FaultView) {
    super(fault.message);
    this.name = 'HostFault';
    this.fault = fault;
  }
}

/** The link that opened this page is used up; only a new one helps. */
export class SessionExpired extends HostFault {
  constructor() {
    super(localFault('internal', { reason: 'session expired' }));
    this.name = 'SessionExpired';
  }
}

/** Makes a fault for something that went wrong on this side of the wire. */
export function localFault(code: FaultCode, params: Record<string, string>): FaultView {
  const words = faultWords[code];
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
  const [title, why, todo] = [fill(words.title), fill(words.why), fill(words.todo)];
  return { code, title, why, message: `${title}: ${why}`, hints: [todo], params };
}

/** The fault inside anything that was thrown. */
export function toFault(thrown: unknown): FaultView {
  if (thrown instanceof HostFault) return thrown.fault;
  if (isFault(thrown)) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return localFault('internal', { reason });
}

/** Whether a value from the wire is a fault. */
export function isFault(value: unknown): value is FaultView {
  if (typeof value !== 'object' || value === null) return false;
  return 'code' in value && 'title' in value && 'hints' in value;
}
