// Setting up a node: catalog, options of every kind, other nodes, existing data, a measured disk, unpinned images.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { catalog } from '../dev/catalog';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

const at = (client: string, preset: Record<string, string> = {}) => ({ view: 'install' as const, client, network: null, preset });

describe('the catalog', () => {
  it('narrows by words and by chain, and says how many are left', async () => {
    const user = await open('ready', { view: 'catalog' });
    expect(screen.getByText(new RegExp(`^${catalog.length}\\sentries$`))).toBeVisible();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Chain' }), 'solana');
    expect(screen.getByRole('link', { name: /Solana test validator/ })).toBeVisible();
    expect(screen.queryByRole('link', { name: /^Bitcoin Core/ })).toBeNull();
    await user.click(screen.getByRole('searchbox', { name: 'Search the catalog' }));
    await user.paste('nothing like this');
    expect(await screen.findByRole('heading', { name: /matches “nothing like this”/ })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear the search' }));
    expect(screen.getByRole('link', { name: /Bitcoin Core Bitcoin/ })).toBeVisible();
  });

  it('keeps what cannot be installed apart, and shows when a release ends', async () => {
    await open('ready', { view: 'catalog' });
    const listed = screen.getByRole('region', { name: 'Not for this kind of machine' });
    expect(within(listed).getByTestId(testIds.catalogCard('solana-rpc'))).toHaveTextContent('needs a bigger machine');
    expect(within(listed).getByTestId(testIds.catalogCard('solana-rpc'))).toHaveTextContent(/512\sGB/);
    expect(screen.getByTestId(testIds.catalogCard('zebra'))).toHaveTextContent(/(Good until|Ended on) (17 Dec 2026|Dec 17, 2026)/);
    expect(screen.getByTestId(testIds.catalogCard('electrs'))).toHaveTextContent('Needs Bitcoin Core');
  });
});

describe('an entry that is only listed', () => {
  it('says why and what instead, and cannot be installed', async () => {
    await open('ready', at('solana-rpc'));
    expect(screen.getByText(/512 GB of memory/)).toBeVisible();
    expect(screen.getByRole('heading', { name: 'What you can do instead' })).toBeVisible();
    expect(screen.getByRole('row', { name: /Memory 512\sGB 16.6\sGB/ })).toBeVisible();
    expect(screen.queryByTestId(testIds.installButton)).toBeNull();
  });
});

describe('options', () => {
  it('hide a secret until it is asked for', async () => {
    const user = await open('ready', at('nostr-rs-relay'));
    const secret = await screen.findByLabelText('Key of the owner');
    expect(secret).toHaveAttribute('type', 'password');
    await user.type(secret, 'harbour light');
    await user.click(screen.getByRole('button', { name: 'Show: Key of the owner' }));
    expect(secret).toHaveAttribute('type', 'text');
    expect(secret).toHaveValue('harbour light');
    expect(screen.getByRole('textbox', { name: 'Name of the relay' })).toHaveValue('my-relay');
  });
});

describe('an image without a digest', () => {
  it('has to be confirmed as the registry resolved it', async () => {
    const user = await open('ready', at('nostr-rs-relay'));
    const images = (await screen.findByRole('heading', { name: 'The catalog names no digest for this image' })).closest('section')!;
    expect(within(images).getByText(/^sha256:7c41d09e/)).toBeVisible();
    await user.click(await screen.findByRole('checkbox', { name: /I have read the warning/ }));
    const button = screen.getByRole('button', { name: 'Install Nostr relay' });
    expect(button).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: 'Use exactly this image' }));
    await waitFor(() => expect(button).toBeEnabled());
  });
});

describe('other nodes', () => {
  it('names the one that is used and what changes on it', async () => {
    const user = await open('stack', at('electrs'));
    expect(await screen.findByText('Needs Bitcoin Core: reads every block from it')).toBeVisible();
    const choice = screen.getByRole('combobox', { name: 'Bitcoin Core to use' });
    expect(choice).toHaveDisplayValue('Use “bitcoin-mainnet”');
    expect(screen.getByText(/Building the index takes 6 to 12 hours/)).toBeVisible();
    await user.selectOptions(choice, 'Install a new Bitcoin Core');
    expect(await screen.findByText(/It is installed first/)).toBeVisible();
    expect(screen.queryByText(/Building the index/)).toBeNull();
  });
});

describe('existing data', () => {
  it('is found, and used where it is', async () => {
    const user = await open('first-run', at('bitcoin-core'));
    await user.click(screen.getByText('Use chain data that is already here'));
    const found = await screen.findByRole('list', { name: 'Found on this machine' });
    expect(within(found).getByText(/Another program uses it/)).toBeVisible();
    expect(within(found).getByRole('button', { name: 'Use /home/ada/.bitcoin' })).toBeDisabled();
    await user.click(within(found).getByRole('button', { name: 'Use /mnt/chain/bitcoin-old' }));
    expect(screen.getByLabelText('Existing data folder')).toHaveValue('/mnt/chain/bitcoin-old');
    expect(screen.queryByTestId(testIds.installData)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Do not use it' }));
    expect(screen.getByTestId(testIds.installData)).toBeVisible();
  });
});

describe('the disk', () => {
  it('is measured on request, for a range with its reason', async () => {
    const user = await open('first-run', at('bitcoin-core', { storage: 'pruned' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Measure my disk' })).toBeEnabled());
    await user.click(screen.getByRole('button', { name: 'Measure my disk' }));
    expect(await screen.findByText(/^15 to 23\sh$/, {}, { timeout: 3000 })).toBeVisible();
    expect(screen.getByText(/The processor bounds it/)).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Measure again' })).toBeVisible();
  });
});

describe('a node that runs already', () => {
  it('is found, filled in and watched', async () => {
    const user = await open('ready', { view: 'attach' });
    await user.click(await screen.findByRole('button', { name: 'Fill in Bitcoin Core at bitcoin+http://127.0.0.1:8332' }));
    expect(screen.getByLabelText('Address')).toHaveValue('bitcoin+http://127.0.0.1:8332');
    expect(screen.getByLabelText('RPC password')).toHaveAttribute('type', 'password');
    await user.click(screen.getByRole('button', { name: 'Watch this node' }));
    await waitFor(() => expect(router.route).toMatchObject({ view: 'node', id: 'bitcoin-core-here' }));
  });

  it('says what was wrong when it cannot be reached', async () => {
    const user = await open('ready', { view: 'attach' });
    await user.type(screen.getByLabelText('Address'), 'bitcoin+http://wrong:1');
    await user.click(screen.getByRole('button', { name: 'Watch this node' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The endpoint does not answer');
  });
});
