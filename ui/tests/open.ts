// Opens the window over the development host at a screen.
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { FakeHost } from '../dev/fake-host';
import Window from '../src/features/shell/Window.svelte';
import { router, type Route } from '../src/state/route.svelte';

/** The window at a screen, once it stands. */
export async function open(scenario: string, route: Route) {
  // Without an event, so that no late one leads the next test home.
  history.replaceState(null, '', location.pathname);
  router.route = route;
  render(Window, { host: new FakeHost(scenario) });
  await screen.findByRole('navigation', { name: 'Main' });
  return userEvent.setup();
}
