// The parts of a node's page: its sync with blocks and peers, its log by level, its codes, where it is from, how it ends.
import { render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { node } from '../dev/fixtures';
import Provenance from '../src/features/nodes/Provenance.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

const at = (id: string) => ({ view: 'node' as const, id, section: null });

describe('the sync of a node', () => {
  it('has stages, the newest block and curves over a day or a month', async () => {
    const user = await open('ready', at('bitcoin-mainnet'));
    const sync = screen.getByRole('region', { name: 'Sync' });
    expect(within(sync).getByLabelText('Stages of the sync')).toBeVisible();
    expect(within(sync).getByTestId(testIds.nodeBlocks)).toHaveTextContent(/Block 924,880\s*made 7\smin ago/);
    expect(await within(sync).findByLabelText(/^Block height in the last 24 hours: between/)).toBeVisible();
    await user.click(within(sync).getByLabelText('30 days'));
    expect(await within(sync).findByLabelText(/^Block height in the last 30 days/)).toBeVisible();
  });

  it('has a table of peers, the first ones until all are asked for', async () => {
    const user = await open('ready', at('bitcoin-mainnet'));
    const peers = screen.getByTestId(testIds.nodePeers);
    const more = await within(peers).findByText('Show all 24');
    const table = peers.querySelector('table')!;
    expect(table.rows).toHaveLength(13);
    const cells = [...table.rows[1]!.cells].map((cell) => cell.textContent.replaceAll('\u00a0', ' '));
    expect(cells.slice(0, 6)).toEqual(['203.0.113.10:8333', 'it called', 'Satoshi:31.1.0', '924,880', '18 ms', '41 MB']);
    await user.click(more);
    expect(table.rows).toHaveLength(25);
    // Too long for its column: the whole of it is at hand.
    const onion = within(table).getByTitle(/^k7x03\w{51}\.onion:8333$/);
    expect(onion).toHaveTextContent(onion.title);
  });

  it('tells a list that nobody gives from an empty one', async () => {
    await open('stack', at('electrs'));
    const peers = screen.getByTestId(testIds.nodePeers);
    expect(await within(peers).findByText('Whom it is connected to is not known')).toBeVisible();
    expect(within(peers).getByText(/has no peers of its own/)).toBeVisible();
    expect(within(peers).queryByRole('table')).toBeNull();
  });

  it('does not call a node stopped that nobody can see', async () => {
    await open('engine-gone', at('bitcoin-mainnet'));
    expect(within(screen.getByTestId(testIds.nodePeers)).getByText(/while the container engine does not answer/)).toBeVisible();
  });

  it('asks a stopped node for nothing', async () => {
    await open('failed', at('attic'));
    expect(within(screen.getByTestId(testIds.nodePeers)).getByText('The list appears once the node runs.')).toBeVisible();
  });
});

describe('the log', () => {
  it('shows the levels that are asked for', async () => {
    const user = await open('ready', at('bitcoin-mainnet'));
    const log = screen.getByRole('region', { name: 'Log' });
    await waitFor(() => expect(Number(within(log).getByTestId(testIds.logLines).dataset['total'])).toBeGreaterThan(10));
    const all = Number(within(log).getByTestId(testIds.logLines).dataset['total']);
    await user.click(within(log).getByRole('radio', { name: 'Warnings and errors' }));
    await waitFor(() => expect(Number(within(log).getByTestId(testIds.logLines).dataset['total'])).toBeLessThan(all));
    expect(within(log).getByText(/^\d[\d,]* of \d[\d,]* lines$/)).toBeVisible();
    await user.click(within(log).getByRole('radio', { name: 'All' }));
    await waitFor(() => expect(Number(within(log).getByTestId(testIds.logLines).dataset['total'])).toBeGreaterThanOrEqual(all));
  });
});

describe('the code of an endpoint', () => {
  it('is drawn on demand, with the login only while the password is shown', async () => {
    const user = await open('ready', at('bitcoin-mainnet'));
    const row = (await screen.findAllByTestId(testIds.endpointRow)).find((each) => each.dataset['consumer'] === 'sparrow')!;
    expect(within(row).queryByRole('img')).toBeNull();
    await user.click(within(row).getByRole('button', { name: 'QR code for Sparrow' }));
    expect(await within(row).findByRole('img', { name: 'QR code of http://127.0.0.1:28332' })).toHaveAttribute('data-secret', 'false');
    expect(within(row).getByText(/show the password first/)).toBeVisible();
    expect(within(row).queryByRole('switch')).toBeNull();
    await user.click(within(row).getByRole('button', { name: 'Show the password' }));
    await user.click(await within(row).findByRole('switch', { name: 'Put the login into it' }));
    expect(await within(row).findByRole('img', { name: 'QR code with the login of Sparrow' })).toHaveAttribute('data-secret', 'true');
    await user.click(within(row).getByRole('button', { name: 'Hide' }));
    expect(await within(row).findByRole('img', { name: 'QR code of http://127.0.0.1:28332' })).toHaveAttribute('data-secret', 'false');
  });
});

describe('provenance', () => {
  it('names registry, tag and digest, and that no signature was checked', async () => {
    await open('ready', at('bitcoin-mainnet'));
    const from = await screen.findByTestId(testIds.nodeProvenance);
    expect(from).toHaveTextContent('docker.io, bitcoin/bitcoin');
    expect(from).toHaveTextContent('31.1');
    expect(from).toHaveTextContent('sha256:da25cedc66b1daefff9f412ee196c901a899c3fa68a33b20849c3e08b5c40d63');
    expect(from).toHaveTextContent(/Digest taken from\s*the (catalog|registry)/);
    expect(from).toHaveTextContent('Not known: Freehold checks the digest and no signature.');
  });

  it('claims no time and no source for a digest that the catalog does not name', () => {
    const before = node('b', 'mainnet', {});
    render(Provenance, { node: { ...before, previous_version: null }, images: [], preview: null });
    const from = screen.getByTestId(testIds.nodeProvenance);
    expect(from).toHaveTextContent(/Digest taken from\s*Freehold’s record of this node; the catalog names another digest today, or none/);
    expect(from).not.toHaveTextContent(/install|update/);
  });
});

describe('the danger zone', () => {
  it('says what goes and stays, how large it is, and who depends on it', async () => {
    const user = await open('stack', at('bitcoin-mainnet'));
    const zone = screen.getByRole('region', { name: 'Danger zone' });
    expect(await within(zone).findByRole('heading', { name: /^Erase 40\d\sGB of chain data$/ })).toBeVisible();
    expect(zone).toHaveTextContent(/40\d\sGB of chain data in \/mnt\/chain\/bitcoin-mainnet. A new node can use it again./);
    expect(within(within(zone).getByTestId(testIds.dangerNeeded)).getByRole('link', { name: 'electrs' })).toBeVisible();
    expect(await within(zone).findByTestId(testIds.dangerWallets)).toHaveTextContent('Bitcoin Core’s tools, Specter. Point them elsewhere first');
    await user.click(within(zone).getByRole('button', { name: /^Erase 40\d\sGB/ }));
    expect(await screen.findByRole('dialog', { name: /^Erase 40\d\sGB of chain data\?$/ })).toBeInTheDocument();
  });

  it('of a node that somebody else runs only forgets it', async () => {
    await open('stack', at('studio-node'));
    const zone = screen.getByRole('region', { name: 'Danger zone' });
    expect(within(zone).getAllByRole('button')).toHaveLength(1);
    expect(zone).toHaveTextContent('The node itself, with everything that it has. It runs on.');
  });
});
