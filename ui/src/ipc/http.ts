// The browser host: the same commands over the headless host's loopback address. The link carries a one-time token in
// its fragment, which is traded for a session and removed from the address bar before anything else happens.
import { t } from '../i18n/text';
import type { Commands } from './generated';
import { HostFault, SessionExpired, isFault, localFault, type CommandName, type Host, type Listener, type Unsubscribe } from './host';
import { readEvents } from './event-stream';

const SESSION_KEY = 'freehold-session';
/** Waits between attempts to reach a host that went away: quick at first, then patient. */
const RECONNECT_MS = [250, 500, 1000, 2000, 5000];

/** Waits before a request is sent again that got no answer. */
const ASK_AGAIN_MS = [200, 800];

/** Talks to the headless host. */
export class BrowserHost implements Host {
  readonly kind = 'browser';
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  /** Trades the link's token for a session, or takes up the one of before. Rejects with `SessionExpired`. */
  static async connect(): Promise<BrowserHost> {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token === null) {
      const kept = sessionStorage.getItem(SESSION_KEY);
      if (kept === null) throw new SessionExpired();
      return new BrowserHost(kept);
    }
    history.replaceState(null, '', location.pathname + location.search);
    const response = await post('api/session', { token }, null);
    const { session } = (await response.json()) as { session: string };
    sessionStorage.setItem(SESSION_KEY, session);
    return new BrowserHost(session);
  }

  async call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['response']> {
    const response = await post(`api/${name}`, request, this.#session, crypto.randomUUID());
    return (await response.json()) as Commands[K]['response'];
  }

  subscribe(listener: Listener): Unsubscribe {
    const abort = new AbortController();
    void this.#follow(listener, abort.signal);
    return () => abort.abort();
  }

  async #follow(listener: Listener, signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        const response = await fetch('api/events', { headers: { authorization: `Bearer ${this.#session}` }, signal });
        if (response.ok && response.body !== null) {
          failures = 0;
          listener.onConnection(true);
          // Whatever happened between the snapshot and this stream is not in the stream.
          listener.onGap();
          await readEvents(response.body, (event) => listener.onEvent(event));
        } else if (response.status === 401) {
          sessionStorage.removeItem(SESSION_KEY);
          listener.onGap();
          return;
        }
      } catch {
        // Told through onConnection below; the reason of a lost loopback connection helps nobody.
      }
      if (signal.aborted) return;
      listener.onConnection(false);
      await pause(RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)] ?? 5000);
      failures += 1;
    }
  }
}

/**
 * A browser drops connections, also to its own machine, whenever a network comes or goes, as each container brings one.
 * With an `id` the same is asked again; the host does it once.
 */
async function post(path: string, body: unknown, session: string | null, id: string | null = null): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (session !== null) headers['authorization'] = `Bearer ${session}`;
  if (id !== null) headers['freehold-request'] = id;
  const waits = id === null ? [] : [...ASK_AGAIN_MS];
  let response: Response | null = null;
  while (response === null) {
    try {
      response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    } catch {
      const wait = waits.shift();
      if (wait === undefined) throw new HostFault(localFault('internal', { reason: t.faults.local.hostSilent }));
      await pause(wait);
    }
  }
  if (response.status === 401) {
    sessionStorage.removeItem(SESSION_KEY);
    throw new SessionExpired();
  }
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => null);
  const fault: unknown = typeof answer === 'object' && answer !== null && 'fault' in answer ? answer.fault : null;
  throw new HostFault(isFault(fault) ? fault : localFault('internal', { reason: t.faults.local.status(String(response.status)) }));
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
