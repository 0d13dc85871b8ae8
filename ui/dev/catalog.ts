// The catalog that the scenarios use: Bitcoin Core in the shape of the real one, shortened, and the others.
import type { CatalogEntryView } from '../src/ipc/generated';
import { electrs, others, relay, solanaRpc, zebra } from './catalog-others';
import { blank, common, GB, image, need, option } from './entry';

export { electrs, relay, solanaRpc, zebra };

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="30" fill="#f2932b"/><g transform="rotate(12 32 32)" fill="none" stroke="#fff" stroke-width="4.6" stroke-linejoin="round" stroke-linecap="round"><path d="M25 20v24M21.5 20H33.5a5.9 5.9 0 0 1 0 11.8H25M33.5 31.8H35a6.1 6.1 0 0 1 0 12.2H21.5"/><path d="M28.5 14.5V19.5M34.5 14.5V19.5M28.5 44.5V49.5M34.5 44.5V49.5" stroke-width="3.6"/></g></svg>';

export const bitcoinCore: CatalogEntryView = {
  ...blank,
  id: 'bitcoin-core', name: 'Bitcoin Core', chain: 'bitcoin', chain_name: 'Bitcoin',
  summary: 'A full Bitcoin node: checks every block itself, so that your wallet has to trust nobody else.',
  description: '', homepage: 'https://bitcoincore.org', license: 'MIT', release_notes: null,
  notes: [
    'The image is built by volunteers from the signed release binaries; its makers call it unofficial.',
    'This is Bitcoin Core. Bitcoin Knots has followed another chain since block 961,632 (8 August 2026): its data folder cannot be used here.',
  ],
  wallets: ['bitcoin-cli', 'sparrow'], origin: 'built-in', icon_svg: icon, version: '31.1',
  networks: [
    { id: 'mainnet', label: 'Mainnet', summary: 'Bitcoin itself, with real money.', needs_peers: true },
    { id: 'testnet4', label: 'Testnet 4', summary: 'The public test network: coins without value.', needs_peers: true },
    { id: 'signet', label: 'Signet', summary: 'A test network whose blocks come at a steady pace: coins without value.', needs_peers: true },
    { id: 'regtest', label: 'Regtest', summary: 'A private chain on this machine, for developers: you make the blocks.', needs_peers: false },
  ],
  images: [{ ...image, service: 'bitcoind', repository: 'docker.io/bitcoin/bitcoin', tag: '31.1', digest: 'sha256:da25cedc66b1daefff9f412ee196c901a899c3fa68a33b20849c3e08b5c40d63' }],
  options: [
    {
      ...option, id: 'storage', label: 'Storage', type: 'choice', default: 'full',
      help: 'A full node keeps every block. A pruned node checks every block too, but keeps only the newest.',
      choices: [
        { value: 'full', label: 'Full', help: 'Keeps the whole block chain. Needed by indexers such as electrs, and to find old transactions of a wallet.' },
        { value: 'pruned', label: 'Pruned', help: 'Keeps the newest blocks only. A wallet whose coins are older than them cannot be searched for.' },
      ],
    },
    {
      ...option, id: 'prune_size', label: 'Space for blocks', type: 'size', default: '10GB', min: 550 * 2 ** 20, max: 1000 * GB, unit: 'MiB',
      help: 'How much disk the kept blocks may take. The set of unspent coins comes on top.', only_if_option: 'storage', only_if_equals: 'pruned',
    },
    { ...option, id: 'wallet', label: 'Wallet functions', default: 'on', help: 'Sparrow keeps a watch-only wallet in the node and needs this. Turn it off if no such program is used.' },
    { ...option, id: 'txindex', label: 'Transaction index', help: 'Finds any transaction by its id. Some indexers and explorers need it; wallets do not.', advanced: true },
    { ...option, id: 'dbcache', label: 'Cache', type: 'size', default: '450MiB', min: 4 * 2 ** 20, max: 65536 * 2 ** 20, unit: 'MiB', help: 'Memory for the set of unspent coins. More makes the first sync faster and stopping slower.', advanced: true },
    { ...option, id: 'inbound', label: 'Let others connect', help: 'Opens the peer-to-peer port on all addresses of this machine, so that other nodes can fetch blocks from yours.', advanced: true },
    { ...option, id: 'peers', label: 'Connections', type: 'count', default: '125', min: 8, max: 1000, help: 'Most connections to other nodes.', advanced: true },
    ...common,
  ],
  rules: [{ when_option: 'storage', when_equals: 'pruned', option: 'txindex', becomes: 'off', because: 'an index of all transactions needs all blocks' }],
  requirements: [
    { ...need, networks: ['mainnet'], when_option: 'storage', when_equals: 'full', disk: 860 * GB, disk_per_month: 8 * GB, ram: 2 * GB, download: 835 * GB, first_sync: '12 to 48 hours on an SSD, days on a hard disk' },
    { ...need, networks: ['mainnet'], when_option: 'storage', when_equals: 'pruned', disk: 15 * GB, disk_option: 'prune_size', ram: 2 * GB, download: 835 * GB, first_sync: '12 to 48 hours on an SSD, days on a hard disk' },
    { ...need, networks: ['testnet4', 'signet'], disk: 30 * GB, disk_per_month: 1 * GB, download: 25 * GB, first_sync: 'about an hour' },
    { ...need, networks: ['regtest'], disk: 0.1 * GB, ram: 0.3 * GB },
  ],
  stop_grace_s: 930, probe: 'bitcoind',
};

/** As many entries as the real catalog has. */
export const catalog: CatalogEntryView[] = [bitcoinCore, electrs, relay, zebra, solanaRpc, ...others];
