// The desktop host. The only file that names the shell's own interface.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { AppEvent, Commands } from './generated';
import { HostFault, toFault, type CommandName, type Host, type Listener, type LoginStart, type QuitChoice, type Unsubscribe } from './host';

/** Whether this page runs inside the desktop shell. */
export function isDesktop(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

/** Talks to the core through the desktop shell. */
export class DesktopHost implements Host {
  readonly kind = 'desktop';
  readonly canHide = true;

  call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['response']> {
    return ask<Commands[K]['response']>(name, { request });
  }

  subscribe(listener: Listener): Unsubscribe {
    const ready = () => {
      listener.onConnection(true);
      // Events sent before the listener stood would be missed.
      listener.onGap();
    };
    const events = listenTo<AppEvent>('app-event', (event) => listener.onEvent(event), ready, () => listener.onConnection(false));
    // What nobody sees is not sent: the shell is told, and whatever was missed is in the snapshot.
    const tell = () => void ask('window_seen', { seen: !document.hidden }).then(() => !document.hidden && listener.onGap(), () => undefined);
    document.addEventListener('visibilitychange', tell);
    const shown = listenTo<null>('window-shown', () => listener.onGap());
    return () => {
      events();
      shown();
      document.removeEventListener('visibilitychange', tell);
    };
  }

  onQuitAsked(open: () => void): Unsubscribe {
    return this.#whenWaiting('quit-asked', (waiting) => waiting.quit_asked && open());
  }

  onLink(open: (address: string) => void): Unsubscribe {
    return this.#whenWaiting('link-opened', (waiting) => waiting.page !== null && open(waiting.page));
  }

  async quit(choice: QuitChoice): Promise<void> {
    await ask('window_quit', { choice });
  }

  savePath(name: string): Promise<string | null> {
    return ask<string | null>('window_save_path', { name });
  }

  loginStart(): Promise<LoginStart> {
    return ask<LoginStart>('window_login_start', {});
  }

  changeLoginStart(enabled: boolean): Promise<LoginStart> {
    return ask<LoginStart>('window_login_start_change', { enabled });
  }

  readonly #takers = new Set<(waiting: Waiting) => void>();

  /** Takes what waits in the shell, when it says so and once now: it may have been asked before this page was there. */
  #whenWaiting(name: string, take: (waiting: Waiting) => void): Unsubscribe {
    this.#takers.add(take);
    // Whoever asks gets all that waits, and passes it on.
    const fetch = () => void ask<Waiting>('window_pending', {}).then((waiting) => this.#takers.forEach((each) => each(waiting)), () => undefined);
    const stop = listenTo<null>(name, fetch, fetch);
    return () => {
      this.#takers.delete(take);
      stop();
    };
  }
}

/** What waits in the shell for the page. */
interface Waiting {
  page: string | null;
  quit_asked: boolean;
}

async function ask<T>(name: string, values: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(name, values);
  } catch (thrown) {
    throw new HostFault(toFault(thrown));
  }
}

/** Listens until told otherwise, even if told so before the shell has confirmed. */
function listenTo<T>(name: string, receive: (payload: T) => void, ready?: () => void, refused?: () => void): Unsubscribe {
  let ended = false;
  let stop: Unsubscribe | null = null;
  const began = (unlisten: Unsubscribe) => {
    if (ended) return unlisten();
    stop = unlisten;
    ready?.();
  };
  listen<T>(name, (event) => receive(event.payload)).then(began, () => refused?.());
  return () => {
    ended = true;
    stop?.();
  };
}
