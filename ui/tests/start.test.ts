// The first page: engine, disk, doors; and the findings of an install that are mended by a button.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

const home = { view: 'nodes' as const };

describe('the engine on the first page', () => {
  it('is offered with the exact commands, runs them on consent only, and goes green by itself', async () => {
    const user = await open('no-engine', home);
    const step = screen.getByRole('region', { name: /^Container engine/ });
    expect(within(step).getByRole('heading', { name: /the program for that is missing/ })).toBeVisible();
    expect(within(step).getByText(/^\/usr\/bin\/pkexec .*apt-get install --yes docker\.io/)).toBeVisible();
    expect(within(step).getByText(/Freehold never sees it/)).toBeVisible();
    const run = within(step).getByRole('button', { name: 'Run now' });
    expect(run).toBeDisabled();
    await user.click(within(step).getByRole('checkbox', { name: 'Run these commands on my computer' }));
    expect(run).toBeEnabled();
    await user.click(run);
    const output = await within(step).findByRole('region', { name: 'What the commands say' });
    await waitFor(() => expect(output).toHaveTextContent('Reading package lists...'));
    expect(await within(step).findByText('Docker 28.2 answers.')).toBeVisible();
    expect(within(step).queryByRole('button', { name: 'Run now' })).toBeNull();
  });

  it('has a way by hand, and can be looked for again', async () => {
    const user = await open('no-engine', home);
    await user.click(screen.getByText('Or do it yourself in a terminal'));
    expect(screen.getByText('sudo systemctl enable --now docker')).toBeVisible();
    expect(screen.getByText('sudo usermod -aG docker ada')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Check again' })).toBeEnabled();
  });

  it('names the terminal where Freehold cannot ask for a password', async () => {
    await open('engine-gone', { view: 'engine' });
    expect(screen.getByText(/run these commands in a terminal/)).toBeVisible();
    expect(screen.getByText('sudo systemctl enable --now docker')).toBeVisible();
    expect(screen.queryByTestId(testIds.engineRun)).toBeNull();
  });

  it('does not hide the doors', async () => {
    await open('no-engine', home);
    expect(screen.getByTestId(testIds.doorBitcoin)).toBeVisible();
    expect(screen.getByText(/installing needs the engine/)).toBeVisible();
  });
});

describe('the disk on the first page', () => {
  it('is chosen among this machine’s, each with what fits and why it cannot be used', async () => {
    const user = await open('first-run', home);
    const disks = await screen.findByRole('group', { name: 'Disk for chain data' });
    expect(within(disks).getByRole('radio', { name: /^\/ SSD/ })).toBeChecked();
    const large = within(disks).getByTestId(testIds.diskCard('/mnt/chain'));
    expect(within(large).getByText('Bitcoin: all of it fits')).toBeVisible();
    const locked = within(disks).getByTestId(testIds.diskCard('/media/ada/archive'));
    expect(within(locked).getByRole('radio')).toBeDisabled();
    expect(within(locked).getByText('sudo install -d -o ada /media/ada/archive/freehold')).toBeVisible();
    expect(within(disks).getByTestId(testIds.diskCard('/mnt/nas'))).toHaveTextContent(/databases can be damaged/);
    await user.click(within(large).getByRole('radio'));
    expect(await screen.findByText('New chain data goes to /mnt/chain/freehold from now on.')).toBeVisible();
    await waitFor(() => expect(screen.getByTestId(testIds.doorBitcoin)).toHaveTextContent('all blocks would fit too'));
  });

  it('is measured on demand, which also says how long the first sync takes', async () => {
    const user = await open('first-run', home);
    await user.click(await screen.findByRole('button', { name: 'Measure speed of /' }));
    expect(await screen.findByText('Fast enough for any chain')).toBeVisible();
    expect(screen.getByText(/38,400 small reads a second/)).toBeVisible();
    await waitFor(() => expect(screen.getByTestId(testIds.doorBitcoin)).toHaveTextContent(/First sync on this disk: 15 to 23\sh/));
  });
});

describe('the doors', () => {
  it('are three, and the one to Ethereum says what it takes before', async () => {
    await open('first-run', home);
    expect(screen.getByTestId(testIds.doorBitcoin)).toHaveAttribute('href', '#/install/bitcoin-core/mainnet?storage=pruned');
    expect(screen.getByTestId(testIds.doorChoose)).toHaveAttribute('href', '#/catalog');
    const ethereum = screen.getByTestId(testIds.doorEthereum);
    expect(ethereum).toHaveAttribute('href', '#/install/ethereum/mainnet');
    expect(ethereum).toHaveTextContent(/1\.3\sTB of disk/);
    expect(ethereum).toHaveTextContent(/First sync: 1 to 4 days/);
    await waitFor(() => expect(ethereum).toHaveTextContent(/Does not fit: wants 1\.43\sTB with a tenth to spare; \/ has 171\sGB free/));
  });

  it('offer practice beside them, for both chains', async () => {
    await open('first-run', home);
    const practice = screen.getByRole('region', { name: 'Only trying things out?' });
    expect(within(practice).getByRole('link', { name: 'Practise with Bitcoin' })).toHaveAttribute('href', '#/install/bitcoin-core/regtest');
    expect(within(practice).getByRole('link', { name: 'Practise with Ethereum' })).toHaveAttribute('href', '#/install/anvil/devnet');
  });
});

describe('a finding', () => {
  const full = { view: 'install' as const, client: 'bitcoin-core', network: 'mainnet', preset: {} };

  it('is mended by fewer blocks', async () => {
    const user = await open('first-run', full);
    await user.click(await screen.findByRole('button', { name: 'Storage: choose “Pruned”' }));
    expect(await screen.findByText('Changed: Storage: choose “Pruned”. Checking again.')).toBeVisible();
    expect(screen.getByRole('radio', { name: 'Pruned' })).toBeChecked();
    await waitFor(() => expect(screen.queryByText(/The disk is too small/)).toBeNull());
  });

  it('is mended by another disk', async () => {
    const user = await open('first-run', full);
    await user.click(await screen.findByRole('button', { name: /^Use \/mnt\/chain/ }));
    expect(screen.getByTestId(testIds.installData)).toHaveValue('/mnt/chain/freehold/bitcoin-mainnet');
    await waitFor(() => expect(screen.queryByText(/The disk is too small/)).toBeNull());
    expect(await screen.findByRole('radio', { name: /^\/mnt\/chain/ })).toBeChecked();
  });
});

describe('an install under way', () => {
  it('is found again with its layers after the window was closed', async () => {
    const user = await open('pulling', { view: 'install', client: 'bitcoin-core', network: 'mainnet', preset: {} });
    const underway = screen.getByTestId(testIds.installUnderway);
    expect(underway).toHaveTextContent('“bitcoin-mainnet” is being installed right now.');
    await user.click(within(underway).getByRole('link', { name: 'See its progress' }));
    await waitFor(() => expect(router.route).toMatchObject({ view: 'node', id: 'bitcoin-mainnet' }));
    const layers = await screen.findByRole('list', { name: /ayers/ });
    expect(within(layers).getAllByRole('progressbar').length).toBeGreaterThan(3);
  });
});
