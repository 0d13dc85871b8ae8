// Activity with its filters, pages and files; the support bundle; registries; the start at login; the quit question.
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../dev/fake-host';
import { anything, fits, requestFor } from '../src/features/activity/feed.svelte';
import Window from '../src/features/shell/Window.svelte';
import type { LoginStart, QuitChoice } from '../src/ipc/host';
import { router, type Route } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

afterEach(() => vi.restoreAllMocks());

/** A host with what only a window has. */
class WindowHost extends FakeHost {
  readonly canHide = true;
  saved: string[] = [];
  chosen: QuitChoice[] = [];
  place: string | null = '/home/ada/Downloads/mine.csv';
  login: LoginStart = { offered: true, enabled: false };
  openLink: ((address: string) => void) | null = null;

  onLink(take: (address: string) => void) {
    this.openLink = take;
    return () => (this.openLink = null);
  }
  async savePath(name: string) {
    this.saved.push(name);
    return this.place;
  }
  async loginStart() {
    return this.login;
  }
  async changeLoginStart(enabled: boolean) {
    return (this.login = { ...this.login, enabled });
  }
  override async quit(choice: QuitChoice = 'keep') {
    this.chosen.push(choice);
  }
}

async function openWindow(route: Route) {
  history.replaceState(null, '', location.pathname);
  router.route = route;
  const host = new WindowHost('ready');
  render(Window, { host });
  await screen.findByRole('navigation', { name: 'Main' });
  return { host, user: userEvent.setup() };
}

describe('activity', () => {
  it('is filtered by kind, node, text and time, and says when nothing fits', async () => {
    const user = await open('ready', { view: 'activity' });
    await waitFor(() => expect(screen.getAllByTestId(testIds.activityEntry)).toHaveLength(200));
    await user.click(screen.getByRole('radio', { name: 'Wallets' }));
    await waitFor(() => expect(screen.getAllByTestId(testIds.activityEntry)).toHaveLength(1));
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(screen.getAllByTestId(testIds.activityEntry)).toHaveLength(200));
    await user.selectOptions(screen.getByLabelText('About'), 'practice');
    await user.click(screen.getByLabelText('Search'));
    await user.paste('peers');
    await waitFor(() => expect(screen.getAllByTestId(testIds.activityEntry).every((row) => /no peers/.test(row.textContent ?? ''))).toBe(true));
    await user.paste(' xyz');
    expect(await screen.findByText('Nothing fits')).toBeVisible();
    // Many rows are typed over: a busy machine needs longer.
  }, 60_000);

  it('shows older pages until the end', async () => {
    const user = await open('ready', { view: 'activity' });
    await user.click(await screen.findByTestId(testIds.activityOlder));
    await waitFor(() => expect(screen.getAllByTestId(testIds.activityEntry)).toHaveLength(258));
    expect(screen.getByText('That is everything.')).toBeVisible();
  });

  it('says what was and what is since', async () => {
    await open('ready', { view: 'activity' });
    const row = (await screen.findByText('Settings were changed')).closest('li')!;
    expect(within(row).getByText('/home/ada/chain').tagName).toBe('DEL');
    expect(within(row).getByText('/mnt/chain').tagName).toBe('INS');
  });

  it('is saved where the user says, and not at all when the user says nothing', async () => {
    const { host, user } = await openWindow({ view: 'activity' });
    await screen.findAllByTestId(testIds.activityEntry);
    const call = vi.spyOn(host, 'call');
    await user.click(screen.getByTestId(testIds.activityExport('csv')));
    expect(await screen.findByText('Saved to /home/ada/Downloads/mine.csv')).toBeInTheDocument();
    expect(call).toHaveBeenCalledWith('activity_export', { filter: {}, format: 'csv', target: { path: '/home/ada/Downloads/mine.csv', replace: true } });
    expect(host.saved[0]).toMatch(/^freehold-activity-\d{4}-\d\d-\d\d\.csv$/);
    host.place = null;
    call.mockClear();
    await user.click(screen.getByTestId(testIds.activityExport('json')));
    await waitFor(() => expect(host.saved).toHaveLength(2));
    expect(call).not.toHaveBeenCalled();
  });
});

describe('the question about activities', () => {
  const now = new Date(2026, 10, 22, 12).getTime();
  it('holds only what was chosen', () => {
    expect(requestFor(anything, now)).toEqual({});
    expect(requestFor({ ...anything, span: 'week', text: '  a ' }, now)).toEqual({ since: now - 7 * 86_400_000, text: 'a' });
  });
  it('takes both days whole', () => {
    const { since, until } = requestFor({ ...anything, span: 'between', from: '2026-11-20', to: '2026-11-20' }, now);
    expect(new Date(since!)).toEqual(new Date(2026, 10, 20));
    expect(new Date(until!)).toEqual(new Date(2026, 10, 21));
  });
  it('is answered alike for what has just happened', () => {
    const entry = { id: 1, at: now, kind: 'node' as const, subject: 'a', text: 'Was started', changes: [{ what: 'x', old: null, new: 'Seven' }] };
    expect(fits(entry, {})).toBe(true);
    expect(fits(entry, { kinds: ['wallet'] })).toBe(false);
    expect(fits(entry, { subject: 'b' })).toBe(false);
    expect(fits(entry, { text: 'SEVEN' })).toBe(true);
    expect(fits(entry, { since: now + 1 })).toBe(false);
    expect(fits(entry, { until: now })).toBe(false);
  });
});

describe('the support bundle', () => {
  it('is shown before it can be saved, and the very one that was shown is saved', async () => {
    const { host, user } = await openWindow({ view: 'settings' });
    expect(screen.queryByTestId(testIds.supportSave)).toBeNull();
    await user.click(await screen.findByTestId(testIds.supportShow));
    expect(await screen.findByTestId(testIds.supportText)).toHaveTextContent('sent it nowhere');
    await user.click(screen.getByRole('button', { name: /settings\.json/ }));
    expect(screen.getByRole('region', { name: 'Content of settings.json' })).toHaveTextContent('"on_quit": "ask"');
    const call = vi.spyOn(host, 'call');
    await user.click(screen.getByTestId(testIds.supportSave));
    await waitFor(() => expect(call).toHaveBeenCalledWith('support_bundle_save', { id: 'b1', target: { path: host.place, replace: true } }));
  });
});

describe('settings', () => {
  it('says of each registry whether it was reached', async () => {
    await open('ready', { view: 'settings' });
    expect(await screen.findByTestId(testIds.settingsRegistry('docker.io'))).toHaveTextContent(/Reached 3\d\smin ago/);
    expect(screen.getByTestId(testIds.settingsRegistry('ghcr.io'))).toHaveTextContent(/Could not be reached 2\sh ago: dial tcp/);
    expect(screen.getByTestId(testIds.settingsRegistry('quay.io'))).toHaveTextContent('Not asked on this machine yet');
  });

  it('asks what it shows once, not again and again', async () => {
    const { host } = await openWindow({ view: 'nodes' });
    const call = vi.spyOn(host, 'call');
    router.route = { view: 'settings' };
    await screen.findByTestId(testIds.settingsRegistry('docker.io'));
    await new Promise((done) => setTimeout(done, 600));
    for (const name of ['disk_choices', 'registry_list'] as const) {
      expect(call.mock.calls.filter(([asked]) => asked === name)).toHaveLength(1);
    }
  });

  it('starts at login as the system says, and only in a window', async () => {
    const { host, user } = await openWindow({ view: 'settings' });
    const login = await screen.findByRole('switch', { name: /Start when I log in/ });
    expect(login).not.toBeChecked();
    await user.click(login);
    await waitFor(() => expect(screen.getByRole('switch', { name: /Start when I log in/ })).toBeChecked());
    expect(host.login.enabled).toBe(true);
  });

  it('offers no start at login in a browser', async () => {
    await open('ready', { view: 'settings' });
    expect(await screen.findByText(/Can be set in Freehold’s own window/)).toBeVisible();
    expect(screen.queryByRole('switch', { name: /Start when I log in/ })).toBeNull();
  });
});

describe('from outside', () => {
  it('a link opens a page', async () => {
    const { host } = await openWindow({ view: 'nodes' });
    await waitFor(() => expect(host.openLink).not.toBeNull());
    host.openLink!('#/wallets');
    await waitFor(() => expect(router.route).toEqual({ view: 'wallets' }));
  });

  it('the quit question names what goes on and what rests, remembers, and can hide', async () => {
    const { host, user } = await openWindow({ view: 'nodes' });
    host.askToQuit();
    const dialog = await screen.findByTestId(testIds.quitDialog);
    expect(within(dialog).getByText('bitcoin-mainnet')).toBeVisible();
    expect(within(dialog).getByText(/changes that wait for a wallet to close/)).toBeVisible();
    await user.click(within(dialog).getByTestId(testIds.quitHide));
    await waitFor(() => expect(screen.queryByTestId(testIds.quitDialog)).toBeNull());
    expect(host.chosen).toEqual(['hide']);
    host.askToQuit();
    await user.click(await screen.findByTestId(testIds.quitRemember));
    await user.click(screen.getByRole('button', { name: 'Keep running' }));
    await waitFor(() => expect(host.chosen).toEqual(['hide', 'keep']));
    expect((await host.call('settings_show', {})).on_quit).toBe('keep');
  });
});
