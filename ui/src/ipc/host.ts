// The one seam between the interface and whatever runs the core: the desktop shell, the headless host, or a
// development fake. Nothing outside this folder knows which one is in use.
import type { AppEvent, Commands, FaultCode, FaultView } from './generated';
import { t } from '../i18n/text';
import { fill } from '../lib/fill';
import { faultWords } from './generated';

/** The name of a command. */
export type CommandName = keyof Commands;

/** What to do with running nodes when the window quits. */
export type QuitChoice = 'keep' | 'stop' | 'hide';

/** Whether the system starts Freehold at login. */
export interface LoginStart {
  /** It can be chosen here. */
  offered: boolean;
  enabled: boolean;
}

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
  /** There is a tray to hide in. */
  readonly canHide?: boolean;
  /** Calls back with the address of a page that was asked for from outside, such as `#/node/btc-main`. */
  onLink?(open: (address: string) => void): Unsubscribe;
  /** Asks the user where a file of this name should go. Absent where files are downloaded. */
  savePath?(name: string): Promise<string | null>;
  /** Absent where nothing can be started at login. */
  loginStart?(): Promise<LoginStart>;
  changeLoginStart?(enabled: boolean): Promise<LoginStart>;
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
    super(localFault('internal', { reason: t.faults.local.sessionExpired }));
    this.name = 'SessionExpired';
  }
}

/** Makes a fault for something that went wrong on this side of the wire. */
export function localFault(code: FaultCode, params: Record<string, string>): FaultView {
  const words = faultWords[code];
  const [title, why, todo] = [fill(words.title, params), fill(words.why, params), fill(words.todo, params)];
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
