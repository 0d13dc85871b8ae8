// What is asked for shows that it failed, and what is answered after its page has gone harms nothing.
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../dev/fake-host';
import { scenario } from '../dev/scenarios';
import CopyButton from '../src/components/CopyButton.svelte';
import Window from '../src/features/shell/Window.svelte';
import { en } from '../src/i18n/en';
import { HostFault, localFault, type CommandName } from '../src/ipc/host';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

afterEach(() => vi.restoreAllMocks());

/** Makes one command of the fake core answer in another way. */
function answer(command: CommandName, how: () => Promise<unknown>): void {
  const real = FakeHost.prototype.call;
  vi.spyOn(FakeHost.prototype, 'call').mockImplementation(function (this: FakeHost, name, request) {
    return (name === command ? how() : real.call(this, name, request)) as never;
  });
}
const refuse = (command: CommandName) => answer(command, () => Promise.reject(new HostFault(localFault('internal', { reason: 'Made up' }))));

describe('a failure is shown', () => {
  it('where wallets are counted', async () => {
    refuse('wallet_list');
    await open('ready', { view: 'nodes' });
    const ground = (await screen.findByRole('heading', { name: /wallets/i })).closest('section')!;
    expect(await within(ground).findByTestId('fault')).toBeVisible();
    expect(within(ground).getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('beside the very setting that was not saved', async () => {
    refuse('settings_change');
    const user = await open('ready', { view: 'settings' });
    await user.click(await screen.findByTestId(testIds.settingsNotifications('all')));
    const fault = await screen.findByTestId('fault');
    expect(screen.getByRole('region', { name: en.settings.notifications })).toContainElement(fault);
  });

  it('and so is that a setting was saved', async () => {
    const user = await open('ready', { view: 'settings' });
    await user.click(await screen.findByTestId(testIds.settingsNotifications('all')));
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(screen.queryByTestId('fault')).toBeNull();
  });

  it('when a text could not be copied', async () => {
    const user = userEvent.setup();
    render(CopyButton, { text: 'x', what: 'it' });
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    await user.click(screen.getByRole('button', { name: 'Copy it' }));
    expect(await screen.findByText('Could not be copied')).toBeInTheDocument();
  });
});

describe('an answer that comes after its page has gone', () => {
  it('is not looked at by the first page, which a first node takes away', async () => {
    const warn = vi.spyOn(console, 'warn');
    let tell: (choices: unknown) => void = () => undefined;
    answer('disk_choices', () => new Promise((done) => (tell = done)));
    router.route = { view: 'nodes' };
    const host = new FakeHost('first-run');
    let listener: Parameters<FakeHost['subscribe']>[0] | null = null;
    const subscribe = host.subscribe.bind(host);
    vi.spyOn(host, 'subscribe').mockImplementation((given) => subscribe((listener = given)));
    render(Window, { host });
    await screen.findByTestId(testIds.doorBitcoin);
    const [node] = scenario('ready').nodes;
    listener!.onEvent({ revision: scenario('first-run').revision + 1, change: { kind: 'node', node: node! } });
    await waitFor(() => expect(screen.queryByTestId(testIds.doorBitcoin)).toBeNull());
    tell({ disks: [], folder: '' });
    await new Promise((done) => setTimeout(done, 50));
    expect(warn.mock.calls.flat().filter((text) => String(text).includes('derived_inert'))).toEqual([]);
  });
});
