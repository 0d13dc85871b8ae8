// A hash router of one screen: the address bar is the state, so back, forward and reload work in the browser host too.

/** A screen, with what it shows. */
export type Route =
  | { view: 'nodes' }
  | { view: 'welcome' }
  | { view: 'engine' }
  | { view: 'catalog' }
  | { view: 'install'; client: string; network: string | null }
  | { view: 'node'; id: string; section: string | null }
  | { view: 'wallets' }
  | { view: 'activity' }
  | { view: 'settings' };

/** Reads an address such as `#/node/btc-main/log`. Unknown ones lead home. */
export function parseRoute(hash: string): Route {
  const [view, first, second] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  switch (view) {
    case 'welcome':
    case 'engine':
    case 'catalog':
    case 'wallets':
    case 'activity':
    case 'settings':
      return { view };
    case 'install':
      return first ? { view, client: first, network: second ?? null } : { view: 'catalog' };
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
  return `#/${parts.map(encodeURIComponent).join('/')}`;
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
