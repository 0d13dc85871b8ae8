// The desktop host. The only file that names the shell's own interface.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { AppEvent, Commands } from './generated';
import { HostFault, toFault, type CommandName, type Host, type Listener, type QuitChoice, type Unsubscribe } from './host';

/** Whether this page runs inside the desktop shell. */
export function isDesktop(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

/** Talks to the core through the desktop shell. */
export class DesktopHost implements Host {
  readonly kind = 'desktop';

  async call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['response']> {
    try {
      return await invoke<Commands[K]['response']>(name, { request });
    } catch (thrown) {
      throw new HostFault(toFault(thrown));
    }
  }

  subscribe(listener: Listener): Unsubscribe {
    const ready = () => {
      listener.onConnection(true);
      // Events sent before the listener stood would be missed.
      listener.onGap();
    };
    return listenTo<AppEvent>('app-event', (event) => listener.onEvent(event), ready, () => listener.onConnection(false));
  }

  onQuitAsked(ask: () => void): Unsubscribe {
    return listenTo<null>('quit-asked', ask);
  }

  async quit(choice: QuitChoice): Promise<void> {
    try {
      await invoke('window_quit', { choice });
    } catch (thrown) {
      throw new HostFault(toFault(thrown));
    }
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
