// Entries beside Bitcoin Core: one of each kind that a page has to show, and enough more to fill a catalog of the real
// size. Figures are plausible, not checked.
import type { CatalogEntryView } from '../src/ipc/generated';
import { blank, common, GB, image, letter, need, option } from './entry';

export const electrs: CatalogEntryView = {
  ...blank, id: 'electrs', name: 'electrs', chain: 'bitcoin', chain_name: 'Bitcoin', version: '0.10.10', icon_svg: letter('e', 40),
  summary: 'An index over your own Bitcoin node, for wallets that speak the Electrum protocol.',
  wallets: ['sparrow', 'electrum'], stop_grace_s: 120, update_data: 'unknown', probe: 'electrum',
  images: [{ ...image, service: 'electrs', repository: 'docker.io/getumbrel/electrs', tag: 'v0.10.10', digest: `sha256:${'5e1c2f9a'.repeat(8)}`, source: 'registry' }],
  options: [{ ...option, id: 'log', label: 'Wordy log', help: 'Writes every request into the log.', advanced: true }, ...common],
  requirements: [{ ...need, disk: 55 * GB, disk_per_month: 0.6 * GB, ram: 2 * GB, download: 0, first_sync: '4 to 12 hours on an SSD, after Bitcoin Core' }],
  dependencies: [{ name: 'bitcoin', clients: ['bitcoin-core'], level: 'synced', purpose: 'reads every block from it', networks: [], when_option: null, when_equals: null }],
};

export const relay: CatalogEntryView = {
  ...blank, id: 'nostr-rs-relay', name: 'Nostr relay', chain: 'nostr', chain_name: 'Nostr', version: '0.9.0', icon_svg: letter('N', 280),
  summary: 'Your own place for notes: keeps what you write, on your own machine.', stop_grace_s: 30,
  images: [{ ...image, service: 'relay', repository: 'docker.io/scsibug/nostr-rs-relay', tag: '0.9.0' }],
  options: [
    { ...option, id: 'title', label: 'Name of the relay', type: 'text', default: 'my-relay', example: 'harbour', help: 'What programs show to people who connect.' },
    { ...option, id: 'admin_key', label: 'Key of the owner', type: 'secret', default: '', help: 'Whoever has it may delete notes.' },
    ...common,
  ],
  requirements: [{ ...need, disk: 2 * GB, disk_per_month: 0.2 * GB, ram: 0.3 * GB }],
};

export const zebra: CatalogEntryView = {
  ...blank, id: 'zebra', name: 'Zebra', chain: 'zcash', chain_name: 'Zcash', version: '4.1.0', icon_svg: letter('Z', 48),
  summary: 'A full Zcash node: checks every block itself, shielded payments included.', expires: '2026-12-17', halts_at_height: 3_684_728,
  wallets: ['zingo'], images: [{ ...image, service: 'zebrad', repository: 'docker.io/zfnd/zebra', tag: '4.1.0', digest: `sha256:${'a3b49c07'.repeat(8)}`, source: 'registry' }],
  options: [...common], update_data: 'one-way', stop_grace_s: 300,
  requirements: [{ ...need, disk: 320 * GB, disk_per_month: 4 * GB, ram: 4 * GB, download: 310 * GB, first_sync: '1 to 3 days' }],
};

export const solanaRpc: CatalogEntryView = {
  ...blank, id: 'solana-rpc', name: 'Solana RPC node', chain: 'solana', chain_name: 'Solana', version: '', icon_svg: letter('S', 165),
  summary: 'A node that follows Solana’s mainnet. It needs the hardware of a data centre.',
  unavailable: 'needs a bigger machine',
  unavailable_why: 'An RPC node needs 16 cores with 32 threads, 512 GB of memory, some 1.75 TB on separate NVMe disks and a line of 1 to 10 Gbit/s. There is no maintained official image either.',
  unavailable_instead: 'For development use the entry `solana-test-validator`: a private chain on this machine. For your own balance on mainnet there is no node of your own on a desktop today.',
  notes: ['The network traffic alone is some hundred Mbit/s in both directions, day and night.'],
  requirements: [{ ...need, disk: 1750 * GB, disk_per_month: 50 * GB, ram: 512 * GB, download: 150 * GB, first_sync: 'hours to days, bound by the snapshot’s download', source: 'makers’ requirements; growth and time (?)' }],
};

type Row = [id: string, name: string, chain: string, chainName: string, disk: number, ram: number, more?: Partial<CatalogEntryView>];

const rows: Row[] = [
  ['fulcrum', 'Fulcrum', 'bitcoin', 'Bitcoin', 190, 4, { dependencies: electrs.dependencies, wallets: ['sparrow', 'electrum'] }],
  ['mempool', 'mempool.space', 'bitcoin', 'Bitcoin', 12, 2, { dependencies: electrs.dependencies }],
  ['lnd', 'LND', 'bitcoin', 'Bitcoin', 5, 1, { dependencies: electrs.dependencies }],
  ['core-lightning', 'Core Lightning', 'bitcoin', 'Bitcoin', 5, 1, { dependencies: electrs.dependencies }],
  ['joinmarket', 'JoinMarket', 'bitcoin', 'Bitcoin', 1, 1, { dependencies: electrs.dependencies }],
  ['litecoin-core', 'Litecoin Core', 'litecoin', 'Litecoin', 260, 2, { wallets: ['litecoin-cli'] }],
  ['dogecoin-core', 'Dogecoin Core', 'dogecoin', 'Dogecoin', 140, 2, { wallets: ['dogecoin-cli'] }],
  ['bitcoin-cash-node', 'Bitcoin Cash Node', 'bitcoin-cash', 'Bitcoin Cash', 250, 2, { expires: '2026-11-15' }],
  ['monerod', 'Monero', 'monero', 'Monero', 250, 4, { wallets: ['monero-gui', 'feather'] }],
  ['zaino', 'Zaino', 'zcash', 'Zcash', 20, 2, { dependencies: [{ name: 'zcash', clients: ['zebra'], level: 'synced', purpose: 'reads every block from it', networks: [], when_option: null, when_equals: null }] }],
  ['ethereum', 'Ethereum', 'ethereum', 'Ethereum', 1300, 16, { wallets: ['frame', 'metamask'] }],
  ['ethereum-archive', 'Ethereum, whole history', 'ethereum', 'Ethereum', 3200, 32],
  ['optimism', 'OP Mainnet', 'optimism', 'Optimism', 1600, 16, { dependencies: [{ name: 'l1', clients: ['ethereum'], level: 'synced', purpose: 'to check what was posted there', networks: [], when_option: null, when_equals: null }] }],
  ['base', 'Base', 'base', 'Base', 3000, 32, { unavailable: 'needs a bigger machine', unavailable_why: 'It grows by 150 GB a week and needs 32 GB of memory.', unavailable_instead: null }],
  ['avalanchego', 'AvalancheGo', 'avalanche', 'Avalanche', 1000, 16],
  ['bnb', 'BNB Smart Chain', 'bnb', 'BNB', 4000, 128, { unavailable: 'needs a bigger machine', unavailable_why: 'It needs 4 TB of fast disk and 128 GB of memory.', unavailable_instead: null }],
  ['solana-test-validator', 'Solana test validator', 'solana', 'Solana', 5, 4],
  ['kubo', 'Kubo', 'ipfs', 'IPFS', 60, 2, { wallets: ['ipfs-cli'] }],
  ['ar-io', 'AR.IO gateway', 'arweave', 'Arweave', 80, 4],
  ['kaspad', 'Kaspad', 'kaspa', 'Kaspa', 60, 8],
  ['tor', 'Tor', 'tor', 'Tor', 0.2, 0.2],
  ['anvil', 'Anvil', 'ethereum', 'Ethereum', 0.2, 0.5, { wallets: ['foundry'], networks: [{ id: 'devnet', label: 'Devnet', summary: 'A private chain on this machine.', needs_peers: false }] }],
  ['hardhat', 'Hardhat node', 'ethereum', 'Ethereum', 0.2, 0.5],
  ['cardano', 'Cardano node', 'cardano', 'Cardano', 250, 24],
  ['polkadot', 'Polkadot', 'polkadot', 'Polkadot', 1000, 8],
  ['stellar', 'Stellar Core', 'stellar', 'Stellar', 80, 4],
  ['tezos', 'Octez', 'tezos', 'Tezos', 120, 8],
  ['xrpld', 'XRP Ledger', 'xrp', 'XRP', 100, 16],
  ['near', 'NEAR', 'near', 'NEAR', 1500, 24],
  ['celestia', 'Celestia light node', 'celestia', 'Celestia', 50, 1],
];

/** Enough others to fill the page. */
export const others: CatalogEntryView[] = rows.map(([id, name, chain, chain_name, disk, ram, more], index) => ({
  ...blank, id, name, chain, chain_name, icon_svg: letter(name.charAt(0), (index * 47) % 360), version: `${1 + (index % 5)}.${index % 9}`,
  summary: `A node for ${chain_name} of your own, so that your programs ask nobody else.`, options: common,
  images: [{ ...image, service: id, repository: `docker.io/example/${id}`, tag: '1.0', digest: `sha256:${'0f'.repeat(32)}` }],
  requirements: [{ ...need, disk: disk * GB, disk_per_month: (disk * GB) / 100, ram: ram * GB, download: disk * GB, first_sync: disk > 100 ? '1 to 4 days on an SSD' : 'about an hour' }],
  ...more,
}));
