// The logins of a node: seen, taken back, given anew, each after what it means was shown.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { testIds } from '../src/testIds';
import { open } from './open';

const at = (id: string) => ({ view: 'node' as const, id, section: null });

describe('logins', () => {
  it('name the user, what it may call, its files and when it was used', async () => {
    await open('stack', at('bitcoin-mainnet'));
    const row = await screen.findByTestId(testIds.credentialRow('sparrow'));
    expect(row).toHaveTextContent('watch-only wallet, 34 methods');
    expect(row).toHaveTextContent('/home/ada/.sparrow/config');
    expect(row).toHaveTextContent(/Last used\s*\d+\ss ago/);
    expect(screen.getByTestId(testIds.credentialRow('specter'))).toHaveTextContent('Taken back');
    expect(within(screen.getByTestId(testIds.credentialRow('freehold'))).queryByRole('button')).toBeNull();
    expect(screen.getByText('3 logins that nobody was given')).toBeVisible();
  });

  it('are taken back after what that means was shown', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    await user.click(await screen.findByRole('button', { name: 'Take back: Sparrow' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take back the login of Sparrow?' });
    expect(await within(dialog).findByText(/Other wallets reconnect by themselves/)).toBeInTheDocument();
    expect(within(dialog).getByRole('link', { name: 'electrs' })).toBeInTheDocument();
    expect(screen.getByTestId(testIds.credentialRow('sparrow'))).toHaveAttribute('data-state', 'active');
    await user.click(within(dialog).getByRole('button', { name: 'Take it back' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const row = screen.getByTestId(testIds.credentialRow('sparrow'));
    expect(row).toHaveAttribute('data-state', 'revoked');
    expect(within(row).queryByRole('button', { name: 'Take back: Sparrow' })).toBeNull();
    expect(within(row).getByRole('button', { name: 'Give again: Sparrow' })).toBeEnabled();
  });

  it('get a new password, with the file that follows named before', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    await user.click(await screen.findByRole('button', { name: 'New password: Sparrow' }));
    const dialog = await screen.findByRole('dialog', { name: 'A new password for Sparrow?' });
    expect(await within(dialog).findByText('Files that are written')).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Make a new password' }));
    await waitFor(() => expect(screen.getByTestId(testIds.credentialRow('sparrow'))).toHaveTextContent('Being changed'));
  });

  it('say where there are none', async () => {
    await open('stack', at('electrs'));
    expect(await screen.findByText(/has no logins/)).toBeVisible();
  });
});
