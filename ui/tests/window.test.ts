// The window over the development host, found by role and name as a person would.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

describe('install', () => {
  it('is refused while something stands in the way, and says what', async () => {
    await open('first-run', { view: 'install', client: 'bitcoin-core', network: 'mainnet', preset: {} });
    expect(await screen.findByText(/The disk is too small/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Install Bitcoin Core' })).toBeDisabled();
  });

  it('asks for consent to warnings, then installs and goes to the node', async () => {
    const user = await open('first-run', { view: 'install', client: 'bitcoin-core', network: 'mainnet', preset: { storage: 'pruned' } });
    const consent = await screen.findByRole('checkbox', { name: /I have read the warning/ });
    expect(screen.getByRole('button', { name: 'Install Bitcoin Core' })).toBeDisabled();
    await user.click(consent);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Install Bitcoin Core' })).toBeEnabled());
    await user.click(screen.getByRole('button', { name: 'Install Bitcoin Core' }));
    await waitFor(() => expect(router.route).toEqual({ view: 'node', id: 'bitcoin-mainnet', section: null }));
  });

  it('shows options that depend on another only then', async () => {
    const user = await open('first-run', { view: 'install', client: 'bitcoin-core', network: 'mainnet', preset: {} });
    expect(screen.queryByLabelText('Space for blocks, size')).toBeNull();
    await user.click(await screen.findByRole('radio', { name: 'Pruned' }));
    expect(await screen.findByLabelText('Space for blocks, size')).toHaveValue('10\u00a0GB');
  });
});

describe('a node', () => {
  it('names what erasing costs before it is done', async () => {
    const user = await open('ready', { view: 'node', id: 'bitcoin-mainnet', section: null });
    await user.click(screen.getByRole('button', { name: 'More actions' }));
    await user.click(screen.getByRole('menuitem', { name: /Erase 4\d\d\sGB of chain data/ }));
    const dialog = await screen.findByRole('dialog', { name: /Erase 4\d\d\sGB/ });
    expect(within(dialog).getByText('/mnt/chain/bitcoin-mainnet')).toBeInTheDocument();
    await user.click(within(dialog).getByTestId(testIds.nodeEraseConfirm));
    await waitFor(() => expect(screen.queryByTestId(testIds.nodeStatus)).toBeNull());
    await waitFor(() => expect(router.route).toEqual({ view: 'nodes' }));
  });

  it('shows a password only when asked', async () => {
    const user = await open('ready', { view: 'node', id: 'bitcoin-mainnet', section: null });
    const row = screen.getAllByTestId(testIds.endpointRow)[0]!;
    expect(within(row).queryByText(/k7Qd/)).toBeNull();
    await user.click(within(row).getByRole('button', { name: 'Show the password' }));
    expect(await within(row).findByText(/k7Qd/)).toBeVisible();
  });

  it('says unknown when the engine is gone, in a banner and on the node', async () => {
    await open('engine-gone', { view: 'nodes' });
    expect(screen.getByText(/Nobody can say how your nodes are/)).toBeVisible();
    expect(screen.getAllByText('Unknown')).toHaveLength(2);
  });
});

describe('wallets', () => {
  it('puts hosted ones first and switches after showing the change', async () => {
    const user = await open('wallets', { view: 'wallets' });
    const rows = await screen.findAllByRole('article');
    expect(rows[0]).toHaveTextContent('Asks blockstream.info');
    await user.click(screen.getByTestId(testIds.walletSwitch('sparrow', 'mainnet')));
    const dialog = await screen.findByRole('dialog', { name: 'Point Sparrow at your node' });
    expect(await within(dialog).findByTestId(testIds.walletDiff)).toHaveTextContent('BITCOIN_CORE');
    await user.click(within(dialog).getByRole('button', { name: 'Switch' }));
    expect(await within(dialog).findByText('Sparrow now asks your node')).toBeInTheDocument();
  });
});

describe('settings', () => {
  it('changes the theme at once', async () => {
    const user = await open('ready', { view: 'settings' });
    await user.click(await screen.findByRole('radio', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  });

  it('chooses which notifications reach the desktop', async () => {
    const user = await open('ready', { view: 'settings' });
    expect(await screen.findByRole('radio', { name: 'Important' })).toBeChecked();
    await user.click(screen.getByRole('radio', { name: 'None' }));
    expect(await screen.findByText(/Nothing outside this window/)).toBeVisible();
  });
});
