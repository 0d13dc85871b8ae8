// Whom everything asks, and what happens without somebody.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

describe('the audit', () => {
  it('says plainly how much stands on own ground, now and before', async () => {
    await open('ready', { view: 'audit' });
    expect(await screen.findByRole('heading', { name: '3 of 7 endpoints stand on your own ground.' })).toBeVisible();
    expect(screen.getByTestId(testIds.auditBefore)).toHaveTextContent('1 of 7 endpoints stands on your own ground.');
    expect(screen.getByText(/nothing left this machine/)).toBeVisible();
  });

  it('groups by ground, with the provider, a marked hint and where it was read', async () => {
    await open('ready', { view: 'audit' });
    const others = await screen.findByRole('region', { name: /^At others/ });
    const row = within(others).getByTestId(testIds.auditRow('wallet:sparrow:mainnet'));
    expect(row).toHaveTextContent('Blockstream');
    expect(within(row).getByText(/probably Google/)).toBeVisible();
    expect(within(row).getByText('hint')).toBeVisible();
    expect(row).toHaveTextContent('Read in settings file /home/ada/.sparrow/config, line 11');
    expect(within(screen.getByRole('region', { name: /^Not known whose/ })).getByText('ETH_RPC_URL')).toBeVisible();
    expect(within(screen.getByRole('region', { name: /^On your own ground/ })).getByText('Electrum')).toBeVisible();
  });

  it('leads to the switch only where there is one', async () => {
    await open('ready', { view: 'audit' });
    expect(await screen.findByRole('link', { name: 'Switch Sparrow on the Wallets page' })).toHaveAttribute('href', '#/wallets');
    expect(screen.getByRole('link', { name: 'See the steps for MetaMask on the Wallets page' })).toBeVisible();
    expect(screen.queryByRole('link', { name: /Hardhat on the Wallets page/ })).toBeNull();
    expect(screen.queryByRole('link', { name: /Electrum on the Wallets page/ })).toBeNull();
  });

  it('names what goes on asking others, and what was not read', async () => {
    await open('ready', { view: 'audit' });
    const leftovers = await screen.findByRole('region', { name: 'What goes on asking others' });
    expect(within(leftovers).getByText('Sparrow: fee rates')).toBeVisible();
    expect(leftovers).toHaveTextContent('To turn it off: Choose your server under Tools, Fee rates.');
    expect(leftovers).toHaveTextContent('It cannot be turned off.');
    expect(within(screen.getByRole('region', { name: 'Files that were not read' })).getByText('It belongs to another user.')).toBeVisible();
  });

  it('stands beside the wallets and the drill', async () => {
    const user = await open('ready', { view: 'audit' });
    const pages = await screen.findByRole('navigation', { name: 'Wallet pages' });
    expect(within(pages).getByRole('link', { name: 'Audit' })).toHaveAttribute('aria-current', 'page');
    expect(within(screen.getByRole('navigation', { name: 'Main' })).getByRole('link', { name: 'Wallets' })).toHaveAttribute('aria-current', 'page');
    await user.click(screen.getByRole('button', { name: 'Try an outage' }));
    await waitFor(() => expect(router.route).toEqual({ view: 'drill', who: null }));
  });
});

describe('an outage drill', () => {
  it('offers who matters here first, and runs only when asked', async () => {
    const user = await open('ready', { view: 'drill', who: null });
    expect(await screen.findByRole('radio', { name: /^Amazon/ })).toBeChecked();
    expect(screen.getByText(/Nothing is switched off/)).toBeVisible();
    expect(screen.getByTestId(testIds.drillResult)).toBeEmptyDOMElement();
    await user.click(screen.getByRole('button', { name: 'Pretend that Amazon is gone' }));
    expect(await screen.findByRole('heading', { name: /^Without Amazon, of 7 endpoints/ })).toBeVisible();
    expect(screen.getByTestId(testIds.drillRow('wallet:metamask'))).toHaveAttribute('data-outcome', 'probably_stops');
  });

  it('proves what goes on, and does not claim what did not answer', async () => {
    const user = await open('ready', { view: 'drill', who: 'blockstream' });
    await user.click(await screen.findByRole('button', { name: 'Pretend that Blockstream is gone' }));
    const own = await screen.findByTestId(testIds.drillRow('wallet:bitcoin-cli:mainnet'));
    expect(own).toHaveTextContent('Your own endpoint answered at block 924,880 in 12 ms.');
    expect(screen.getByTestId(testIds.drillRow('wallet:monero-gui:mainnet'))).toHaveTextContent('Your own endpoint did not answer: connection refused.');
    expect(within(screen.getByRole('region', { name: 'Stops' })).getByText('Sparrow')).toBeVisible();
    const nodes = screen.getByRole('region', { name: 'Your nodes' });
    expect(within(nodes).getByRole('link', { name: 'bitcoin-mainnet' })).toHaveAttribute('href', '#/node/bitcoin-mainnet');
    expect(within(nodes).getAllByText(/Your node answered at block/)).not.toHaveLength(0);
  });
});
