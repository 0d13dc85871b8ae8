// The home page's wallets and disks, and the catalog by what this machine can carry.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { testIds } from '../src/testIds';
import { open } from './open';

describe('home', () => {
  it('names the wallets on own ground and those that lean on somebody', async () => {
    await open('ready', { view: 'nodes' });
    const ground = screen.getByRole('region', { name: 'Wallets on your own ground' });
    expect(await within(ground).findByText('Bitcoin Core’s tools, Specter')).toBeVisible();
    expect(within(ground).getByText('1 on somebody else’s server')).toBeVisible();
    expect(within(ground).getAllByText(/Sparrow/)).not.toHaveLength(0);
  });

  it('says how long each disk lasts, also where nothing is to be feared', async () => {
    await open('ready', { view: 'nodes' });
    const machine = screen.getByRole('region', { name: 'This machine' });
    expect(within(machine).getAllByText('Not filling up, as far as can be told.')).toHaveLength(2);
  });
});

describe('the catalog', () => {
  it('says of each card whether it fits, filters by that, and finds back', async () => {
    const user = await open('first-run', { view: 'catalog' });
    const card = await screen.findByTestId(testIds.catalogCard('bitcoin-core'));
    expect(within(card).getByText(/^(Fits this machine|Tight|Too big)/)).toBeVisible();
    const before = Number(/\d+/.exec(screen.getByText(/entries$/).textContent)?.[0]);
    await user.selectOptions(screen.getByLabelText('What this machine can carry'), 'big');
    await waitFor(() => expect(screen.getByText(/entr(y|ies)$/)).not.toHaveTextContent(`${String(before)} entries`));
    for (const each of screen.getAllByRole('link').filter((link) => link.dataset['testid']?.startsWith('catalog-card-'))) {
      expect(each).toHaveTextContent(/Too big: takes/);
    }
  });

  it('shows published times until the disk was measured, then this machine’s', async () => {
    const user = await open('first-run', { view: 'catalog' });
    const card = await screen.findByTestId(testIds.catalogCard('bitcoin-core'));
    expect(within(card).getByText('as published')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Measure my disk' }));
    expect(await within(card).findByText(/^about \d+/)).toBeVisible();
    expect(within(card).getByText('on this machine')).toBeVisible();
    expect(screen.getByText(/^Times are for this machine/)).toBeVisible();
    await user.selectOptions(screen.getByLabelText('Order'), 'disk');
    expect(screen.getByRole('button', { name: 'Measure again' })).toBeVisible();
  });
});
