// A node that exists: its settings, its version, its data's place, what it needs, how it went, how it ended.
import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { now } from '../dev/fixtures';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

const at = (id: string) => ({ view: 'node' as const, id, section: null });

describe('settings of a node', () => {
  it('show what a change means before it is made', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    const panel = screen.getByRole('region', { name: 'Settings' });
    await user.click(within(panel).getByRole('switch', { name: 'Wallet functions' }));
    expect(within(panel).getByText('One change')).toBeVisible();
    await user.click(within(panel).getByRole('button', { name: 'See what it means' }));
    const dialog = await screen.findByRole('dialog', { name: 'What this change means' });
    expect(await within(dialog).findByText('The node is restarted')).toBeInTheDocument();
    expect(within(dialog).getByRole('link', { name: 'electrs' })).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Change and restart' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(within(panel).getByRole('switch', { name: 'Wallet functions' })).not.toBeChecked();
    expect(within(panel).queryByText('One change')).toBeNull();
  });

  it('want consent to hours of work', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    const panel = screen.getByRole('region', { name: 'Settings' });
    await user.click(within(panel).getByText(/^More options/));
    await user.click(within(panel).getByRole('switch', { name: 'Transaction index' }));
    await user.click(within(panel).getByRole('button', { name: 'See what it means' }));
    const dialog = await screen.findByRole('dialog', { name: 'What this change means' });
    expect(await within(dialog).findByText('The node builds an index again')).toBeInTheDocument();
    const button = within(dialog).getByRole('button', { name: 'Change and index again' });
    expect(button).toBeDisabled();
    await user.click(within(dialog).getByRole('checkbox', { name: /I know what this means/ }));
    expect(button).toBeEnabled();
  });

  it('cannot be confirmed against a blocker', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    const panel = screen.getByRole('region', { name: 'Settings' });
    await user.click(within(panel).getByRole('radio', { name: 'Pruned' }));
    await user.click(within(panel).getByRole('button', { name: 'See what it means' }));
    const dialog = await screen.findByRole('dialog', { name: 'What this change means' });
    expect(await within(dialog).findByText('electrs reads every block of this node.')).toBeInTheDocument();
    expect(within(dialog).getByTestId(testIds.nodeChangeConfirm)).toBeDisabled();
  });
});

describe('the version', () => {
  it('warns that there is no way back, then updates and shows the phase', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    const panel = await screen.findByRole('region', { name: 'Version' });
    expect(await within(panel).findByText('31.2 is available')).toBeVisible();
    expect(within(panel).getByRole('row', { name: /bitcoind 31.1 sha256:da25cedc66b1… 31.2 sha256:91be02aa91be…/ })).toBeVisible();
    expect(within(panel).getByRole('link', { name: 'Release notes' })).toHaveAttribute('href', 'https://bitcoincore.org/en/releases/31.2/');
    await user.click(within(panel).getByRole('button', { name: 'Update to 31.2' }));
    const dialog = await screen.findByRole('dialog', { name: 'Update bitcoin-mainnet to 31.2?' });
    const confirm = within(dialog).getByRole('button', { name: 'Update to 31.2' });
    expect(confirm).toBeDisabled();
    await user.click(within(dialog).getByRole('checkbox', { name: /no way back/ }));
    await user.click(confirm);
    await waitFor(() => expect(screen.getAllByTestId(testIds.nodePhase)[0]).toHaveTextContent('Fetching the new version'));
  });

  it('goes back to the one before', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    await user.click(await screen.findByRole('button', { name: 'Go back to 31.0' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take bitcoin-mainnet back to 31.0?' });
    await user.click(within(dialog).getByRole('button', { name: 'Go back to 31.0' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Go back to 31.0' })).toBeNull());
  });

  it('says that nothing is newer', async () => {
    await open('ready', at('bitcoin-mainnet'));
    expect(await screen.findByText('It runs what the catalog names.')).toBeVisible();
  });
});

describe('moving the data', () => {
  it('says what happens, then shows bytes and phase', async () => {
    const user = await open('ready', at('bitcoin-mainnet'));
    await user.click(screen.getByRole('button', { name: 'More actions' }));
    await user.click(screen.getByRole('menuitem', { name: /Move the data/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Move the data of bitcoin-mainnet' });
    expect(within(dialog).getByText(/40\d\sGB are copied and each file is checked/)).toBeInTheDocument();
    expect(within(dialog).getByRole('button', { name: /mnt\/chain holds it now/ })).toBeDisabled();
    await user.type(within(dialog).getByLabelText('To a folder on the new disk'), '/mnt/new');
    await user.click(within(dialog).getByRole('checkbox', { name: /Stop the node/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Move the data' }));
    expect(await screen.findByText(/of 398\sGB there and checked/)).toBeVisible();
    expect(screen.getByTestId(testIds.nodePhase)).toHaveTextContent('Copying the data');
    expect(screen.queryByTestId(testIds.nodeStop)).toBeNull();
  });
});

describe('nodes that need each other', () => {
  it('are linked, and a removal says who is in the way', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    expect(within(screen.getByTestId(testIds.nodeNeededBy)).getByRole('link', { name: 'electrs' })).toHaveAttribute('href', '#/node/electrs');
    await user.click(screen.getByRole('button', { name: 'More actions' }));
    await user.click(screen.getByRole('menuitem', { name: /Remove the node/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove bitcoin-mainnet?' });
    expect(within(dialog).getByRole('link', { name: 'electrs' })).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Remove the node' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('bitcoin-mainnet is needed by electrs');
    expect(within(dialog).queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('say what they wait for', async () => {
    await open('states', at('electrs'));
    expect(screen.getByRole('heading', { name: 'Waiting for another node' })).toBeVisible();
    expect(screen.getByText('Waits for bitcoin-mainnet, which is stopped')).toBeVisible();
  });
});

describe('a node that somebody else runs', () => {
  it('cannot be started, stopped or read, only forgotten', async () => {
    const user = await open('stack', at('studio-node'));
    for (const id of [testIds.nodeStart, testIds.nodeStop, testIds.nodeRestart, testIds.logLines]) expect(screen.queryByTestId(id)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More actions' }));
    expect(screen.getAllByRole('menuitem')).toHaveLength(1);
    await user.click(screen.getByRole('menuitem', { name: /Stop watching/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Stop watching studio-node?' });
    await user.click(within(dialog).getByRole('button', { name: 'Stop watching' }));
    await waitFor(() => expect(router.route).toEqual({ view: 'nodes' }));
  });
});

describe('states', () => {
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['monero', 'Paused', /^This computer runs on its battery/],
    ['zcash', 'Expired', /halts at block 3,684,728/],
    ['litecoin', 'Stopping', /Flushing, 3:12 of at most 15:30/],
    ['dogecoin', 'Stopping', /Nodes that need it stop first/],
  ])('%s is %s', async (id, word, detail) => {
    // The date stands still at the moment that the nodes were made for, so that a slow machine counts no second more.
    vi.setSystemTime(now);
    await open('states', at(id));
    expect(screen.getByTestId(testIds.nodeStatus)).toHaveTextContent(word);
    expect(screen.getByText(detail)).toBeVisible();
  });

  it('do not invent a progress that nobody knows', async () => {
    await open('states', at('ethereum'));
    expect(screen.getByText(/nobody can tell how many there are/)).toBeVisible();
    expect(screen.getByTestId(testIds.nodeProgress)).not.toHaveAttribute('aria-valuenow');
  });
});

describe('crashes and history', () => {
  it('tell why it ended, with its last lines', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    const panel = await screen.findByRole('region', { name: 'Crashes' });
    expect(within(panel).getByText(/memory ran short/)).toBeVisible();
    await user.click(within(panel).getByText(/Its last 200\slines/));
    expect(within(panel).getAllByRole('region', { name: /Last lines of bitcoind/ })[0]).toHaveTextContent('Flushing chainstate');
  });

  it('are curves that can also be read as tables, over a day or a month', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    const panel = screen.getByRole('region', { name: 'Resources' });
    expect(await within(panel).findByRole('img', { name: /^CPU in the last 24 hours: between/ })).toBeVisible();
    const table = within(panel).getByRole('table', { name: 'Network as a table' });
    expect(within(table).getByRole('columnheader', { name: 'received' })).toBeInTheDocument();
    expect(within(table).getAllByRole('row').length).toBeGreaterThan(8);
    await user.click(within(panel).getByRole('radio', { name: '30 days' }));
    expect(await within(panel).findByRole('img', { name: /^CPU in the last 30 days/ })).toBeVisible();
  });
});

describe('the machine', () => {
  it('says when its disks are full, and on what it runs', async () => {
    await open('stack', { view: 'nodes' });
    const machine = screen.getByRole('region', { name: 'This machine' });
    expect(within(machine).getByText(/^This disk is full in 20 to 25\sdays/)).toBeVisible();
    expect(within(machine).getByText('Nearly full')).toBeVisible();
    expect(within(machine).getByText('On battery')).toBeVisible();
    expect(within(machine).getByText('Metered connection')).toBeVisible();
    expect(within(machine).getByText(/4.1\sMB\/s in/)).toBeVisible();
  });

  it('shows on the node’s page what concerns its disk', async () => {
    await open('stack', at('bitcoin-mainnet'));
    const panel = screen.getByRole('region', { name: 'Resources' });
    expect(within(panel).getByTestId(testIds.nodeDiskForecast)).toHaveTextContent(/Filling up.*20 to 25\sdays.*move the data/);
    expect(await within(panel).findByText(/MB\/s written$/)).toBeVisible();
  });
});
