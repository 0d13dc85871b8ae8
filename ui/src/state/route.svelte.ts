// A hash router of one screen: the address bar is the state, so back, forward and reload work in the browser host too.

/** A screen, with what it shows. */
export type Route =
  | { view: 'nodes' }
  | { view: 'welcome' }
  | { view: 'engine' }
  | { view: 'catalog' }
  | { view: 'attach' }
  | { view: 'install'; client: string; network: string | null; preset: Record<string, string> }
  | { view: 'node'; id: string; section: string | null }
  | { view: 'wallets' }
  | { view: 'audit' }
  | { view: 'drill'; who: string | null }
  | { view: 'activity' }
  | { view: 'settings' }
  | { view: 'help'; page: string | null; section: string | null };

/** Reads an address such as `#/node/btc-main/log` or `#/install/bitcoin-core/mainnet?storage=pruned`. Unknown ones lead home. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view, first, second] = path.split('/').map(decodeURIComponent);
  switch (view) {
    case 'welcome':
    case 'engine':
    case 'catalog':
    case 'attach':
    case 'wallets':
    case 'audit':
    case 'activity':
    case 'settings':
      return { view };
    case 'install':
      return first ? { view, client: first, network: second ?? null, preset: Object.fromEntries(new URLSearchParams(query)) } : { view: 'catalog' };
    case 'help':
      return { view, page: first ?? null, section: second ?? null };
    case 'drill':
      return { view, who: first ?? null };
    case 'node':
      return first ? { view, id: first, section: second ?? null } : { view: 'nodes' };
    default:
      return { view: 'nodes' };
  }
}

/** Writes an address. */
export function routeHref(route: Route): string {
  const parts: string[] = [route.view];
  if (route.view === 'install') parts.push(route.client, ...(route.network ? [route.network] : []));
  if (route.view === 'node') parts.push(route.id, ...(route.section ? [route.section] : []));
  if (route.view === 'drill' && route.who) parts.push(route.who);
  if (route.view === 'help') parts.push(...(route.page ? [route.page, ...(route.section ? [route.section] : [])] : []));
  const query = route.view === 'install' ? new URLSearchParams(route.preset).toString() : '';
  return `#/${parts.map(encodeURIComponent).join('/')}${query === '' ? '' : `?${query}`}`;
}

class Router {
  route = $state.raw<Route>(parseRoute(location.hash));

  constructor() {
    addEventListener('hashchange', () => (this.route = parseRoute(location.hash)));
  }

  go(route: Route): void {
    location.hash = routeHref(route);
  }
}

/** Where the window is. */
export const router = new Router();
