// Addresses lead somewhere and back.
import { describe, expect, it } from 'vitest';
import { parseRoute, routeHref, type Route } from './route.svelte';

describe('routes', () => {
  it.each<Route>([
    { view: 'nodes' }, { view: 'wallets' }, { view: 'audit' }, { view: 'drill', who: null }, { view: 'drill', who: 'amazon' },
    { view: 'help', page: null, section: null }, { view: 'help', page: 'words', section: 'peers' }, { view: 'node', id: 'my node/1', section: 'log' },
    { view: 'install', client: 'bitcoin-core', network: 'mainnet', preset: { storage: 'pruned' } },
  ])('survive being written and read: $view', (route) => expect(parseRoute(routeHref(route))).toEqual(route));
  it('lead home when unknown', () => {
    expect(parseRoute('#token=abc')).toEqual({ view: 'nodes' });
    expect(parseRoute('')).toEqual({ view: 'nodes' });
    expect(parseRoute('#/install')).toEqual({ view: 'catalog' });
  });
});
