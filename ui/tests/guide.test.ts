// Wallets that are pointed at a node by hand: found in the list, shown as steps, asked in the browser, given a code.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { testIds } from '../src/testIds';
import { open } from './open';

type User = Awaited<ReturnType<typeof open>>;

async function sheet(user: User, id: string) {
  await user.click(await screen.findByTestId(testIds.walletSteps(id)));
  return screen.findByRole('dialog');
}

describe('wallets that were not found', () => {
  it('keep those with steps apart, each with a button of its own', async () => {
    await open('ready', { view: 'wallets' });
    const also = await screen.findByRole('region', { name: 'Also at hand' });
    expect(within(also).getByRole('button', { name: 'Show the steps for Rabby' })).toBeVisible();
    expect(within(also).getByRole('button', { name: /^What to do instead of Ledger Live/ })).toBeVisible();
    const others = screen.getByRole('region', { name: 'Not found on this machine' });
    expect(within(others).getByText('Wasabi')).toBeVisible();
    expect(within(others).queryByRole('button')).toBeNull();
  });
});

describe('the steps', () => {
  it('can be copied, follow the chosen node, and say what nobody has checked', async () => {
    const user = await open('ready', { view: 'wallets' });
    const dialog = await sheet(user, 'metamask');
    expect(within(dialog).getByRole('heading', { name: 'Point MetaMask at your node' })).toBeInTheDocument();
    const steps = await within(dialog).findByTestId(testIds.guideSteps);
    expect(within(steps).getAllByRole('listitem')).toHaveLength(3);
    expect(within(steps).getByRole('button', { name: 'Copy the value of step 2' })).toBeInTheDocument();
    expect(within(dialog).getByText('not checked')).toBeInTheDocument();
    expect(within(dialog).getByText(/As long as you change nothing, it asks/)).toHaveTextContent('*.infura.io');
    await user.selectOptions(within(dialog).getByLabelText('Node'), 'anvil-devnet');
    await waitFor(() => expect(within(dialog).getByLabelText('Node')).toHaveValue('anvil-devnet'));
  });

  it('say honestly what cannot be switched, and what to do instead', async () => {
    const user = await open('ready', { view: 'wallets' });
    const dialog = await sheet(user, 'ledger-live');
    expect(await within(dialog).findByText(/It cannot be switched/)).toBeInTheDocument();
    expect(within(dialog).getByRole('heading', { name: 'What to do instead' })).toBeInTheDocument();
    expect(within(dialog).queryByRole('button', { name: 'Make the page' })).toBeNull();
  });
});

describe('the page for the browser', () => {
  it('is made on demand, opened or copied, and watched until it ends', async () => {
    const user = await open('ready', { view: 'wallets' });
    const dialog = await sheet(user, 'metamask');
    await user.click(await within(dialog).findByRole('button', { name: 'Make the page' }));
    const state = await within(dialog).findByTestId(testIds.promptState);
    expect(state).toHaveAttribute('data-state', 'waiting');
    const link = within(dialog).getByRole('link', { name: 'Open the page' });
    expect(link.getAttribute('href')).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(link).toHaveAttribute('rel', 'noreferrer');
    expect(within(dialog).getByRole('button', { name: 'Copy the address of the page' })).toBeInTheDocument();
    await waitFor(() => expect(state).toHaveAttribute('data-state', 'approved'), { timeout: 15_000 });
    expect(state).toHaveTextContent('It asks your node now');
    expect(within(dialog).getByRole('heading', { name: 'How to go back' })).toBeInTheDocument();
    expect(within(dialog).queryByRole('link', { name: 'Open the page' })).toBeNull();
  });
});

describe('the code for a telephone', () => {
  it('assumes nothing, wants consent, and hides a password until asked', async () => {
    const user = await open('ready', { view: 'wallets' });
    const dialog = await sheet(user, 'fully-noded');
    const way = await within(dialog).findByRole('radio', { name: 'At an address of my own' });
    expect(way).not.toBeChecked();
    expect(within(dialog).queryByRole('button', { name: 'Make the code' })).toBeNull();
    await user.click(way);
    const make = within(dialog).getByRole('button', { name: 'Make the code' });
    await user.type(within(dialog).getByLabelText('Address'), 'abc.onion');
    expect(make).toBeDisabled();
    await user.click(within(dialog).getByRole('checkbox', { name: /whoever can reach this address/ }));
    await user.click(make);
    expect(await within(dialog).findByText(/hold a password/)).toBeInTheDocument();
    expect(within(dialog).queryByRole('img')).toBeNull();
    expect(within(dialog).queryByText(/k7Qd/)).toBeNull();
    await user.click(within(dialog).getByRole('button', { name: 'Show the code' }));
    expect(within(dialog).getByRole('img', { name: /leading to abc.onion/ }).getAttribute('src')).toMatch(/^data:image\/svg\+xml/);
    expect(within(dialog).getByText(/k7Qd/)).toBeInTheDocument();
  });

  it('takes consent for one way only, and says why a way is closed', async () => {
    const user = await open('ready', { view: 'wallets' });
    const dialog = await sheet(user, 'fully-noded');
    await user.click(await within(dialog).findByRole('radio', { name: 'At an address of my own' }));
    await user.click(within(dialog).getByRole('checkbox'));
    await user.click(within(dialog).getByRole('radio', { name: 'In my own network' }));
    expect(within(dialog).getByRole('checkbox', { name: /reachable from my network/ })).not.toBeChecked();
    await user.click(within(dialog).getByRole('checkbox'));
    await user.click(within(dialog).getByRole('button', { name: 'Make the code' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(/without encryption/);
  });
});

describe('proof of use', () => {
  it('tells when a wallet asked, and when it has gone silent', async () => {
    await open('ready', { view: 'wallets' });
    expect(await screen.findByTestId(testIds.walletUse('bitcoin-cli', 'mainnet'))).toHaveTextContent(/Asked your node \d+\ss ago/);
    expect(within(screen.getByTestId(testIds.walletRow('specter', 'mainnet'))).getByText(/has not asked/)).toBeVisible();
  });
});
