// Answers about wallets that are pointed at a node by hand.
import type {
  GuideNode, GuideRequest, NodeView, PhoneLink, PhoneRequest, PromptPage, PromptState, PromptStatus, WalletGuide, WalletStep, WalletView,
} from '../src/ipc/generated';

const row = (id: string, name: string, switchable: string, why: string, more: Partial<WalletView> = {}): WalletView => ({
  id, name, network: 'mainnet', found: false, files: [], endpoint: null, provider: null, hosted: null, node: null, running: false, switchable, why,
  can_revert: false, protocols: ['evm+http'], leftovers: [], others: [], notes: [], waiting: null, nodes: [], takes_file: false, last_used_at: null,
  use_note: null, attention: null, ...more,
});

/** Wallets with steps instead of a file. */
export const guided: WalletView[] = [
  row('metamask', 'MetaMask', 'prompt', 'Freehold opens a page in your browser that asks MetaMask to use your node; MetaMask shows it and you decide.', {
    found: true, notes: ['Known by ~/.config/chromium/Default/Extensions/nkbihfbeogaeaoehlefnkodbefgpgknn, which was not opened.', 'As it comes it uses *.infura.io.'],
  }),
  row('rabby', 'Rabby', 'guide', 'Not found on this machine. It takes your node as a custom RPC, chain by chain.'),
  row('ledger-live', 'Ledger Live (Ledger Wallet)', 'no', 'It cannot be switched: it works with servers of Ledger only.'),
  row('bluewallet', 'BlueWallet', 'guide', 'On a telephone. It reads a QR code with your Electrum server.'),
  row('cake-mobile', 'Cake Wallet (telephone)', 'guide', 'On a telephone. It takes your node for Monero.'),
  row('fully-noded', 'Fully Noded', 'guide', 'On a telephone. It works with the RPC of Bitcoin Core.'),
];

const step = (text: string, copy: string | null = null): WalletStep => ({ text, copy });
const blank: Omit<WalletGuide, 'wallet' | 'name' | 'node' | 'nodes'> = {
  how: 'guide', runs_on: 'desktop', has_link: false, summary: '', endpoint: null, steps: [], revert: [], notes: [], unverified: [], hosted: [], leftovers: [],
};
const back = [
  step('Open MetaMask’s list of networks, edit the network with chain id 1, and choose as its default the RPC URL that it had before (Infura, for Ethereum).'),
  step('In the same place delete the RPC URL of your node, if you do not want to keep it.', 'http://127.0.0.1:28545'),
];

const guides: Record<string, Partial<WalletGuide>> = {
  metamask: {
    how: 'prompt', runs_on: 'browser', endpoint: 'evm+http://127.0.0.1:28545', revert: back,
    summary: 'Freehold opens a page in your browser that asks MetaMask to use your node; MetaMask shows it and you decide.',
    steps: [
      step('Let Freehold make the page for `ethereum-mainnet` and open it in the browser that has MetaMask. It works once, for ten minutes.'),
      step('Press the button on the page. MetaMask shows the new address; compare it, then approve it.', 'http://127.0.0.1:28545'),
      step('If the page does not find MetaMask, add the address by hand: open MetaMask’s list of networks, edit the network with chain id 1, add this RPC URL and choose it as the default.', 'http://127.0.0.1:28545'),
    ],
    notes: ['MetaMask 12.5.0 or later is needed: earlier ones refuse to change the endpoint of Ethereum itself.', 'The page adds no block explorer and changes nothing else in MetaMask.'],
    unverified: ['That Chromium-based browsers let MetaMask ask a node without that header.'],
    hosted: ['*.infura.io', 'bsc-dataseed.binance.org'],
    leftovers: ['Prices, token lists, transaction history and names still come from servers of Consensys.'],
  },
  rabby: {
    runs_on: 'browser', summary: 'It takes your node as a custom RPC, chain by chain.',
    steps: [step('Open Rabby, then More, then Modify RPC URL.'), step('Choose the chain and enter this address.', 'http://127.0.0.1:28545')],
    revert: [step('Open the same place and remove the address.')], hosted: ['rpc.rabby.io'],
  },
  'ledger-live': {
    how: 'no', summary: 'It cannot be switched: it works with servers of Ledger only. Use the same device with Sparrow, Electrum or Specter.',
    hosted: ['explorers.api.live.ledger.com'], leftovers: ['As long as you use it, Ledger’s servers see every address of your accounts.'],
    notes: ['Your coins belong to the device, not to the program. Another program with the same device shows the same accounts.'],
    steps: [step('Install Sparrow, Electrum or Specter and let Freehold switch it to `bitcoin-mainnet`.'), step('Connect the Ledger device, open its Bitcoin app, and choose in that wallet to use a hardware device.')],
  },
  bluewallet: {
    runs_on: 'phone', has_link: true, summary: 'It reads a QR code with your Electrum server, once the telephone can reach this machine.',
    steps: [step('First let the telephone reach your node: it is on this machine alone.', 'freehold set electrs lan=on'), step('Scan the code with BlueWallet, or with the telephone’s camera, and confirm the server.')],
    revert: [step('Open Settings, then Network, then Electrum server, and reset it to the default.')],
    notes: ['An Electrum server speaks without encryption: in the same network others can read along which addresses are asked about.'],
    unverified: ['The menu’s words.'], hosted: ['electrum1.bluewallet.io', 'bitcoin.lu.ke'], leftovers: ['Prices and notices come from other servers.'],
  },
};
guides['cake-mobile'] = { ...guides['bluewallet'], summary: 'It takes your node for Monero.' };
guides['fully-noded'] = { ...guides['bluewallet'], summary: 'It works with the RPC of Bitcoin Core, through an onion address or a VPN.' };

const evm: GuideNode[] = [{ id: 'ethereum-mainnet', name: 'ethereum-mainnet', network: 'mainnet' }, { id: 'anvil-devnet', name: 'anvil-devnet', network: 'devnet' }];

/** The steps of one wallet. */
export function guideOf({ wallet, node }: GuideRequest, nodes: readonly NodeView[]): WalletGuide {
  const speaksEvm = wallet === 'metamask' || wallet === 'rabby';
  const mine = speaksEvm ? evm : nodes.map(({ id, name, network }): GuideNode => ({ id, name, network }));
  const name = guided.find((each) => each.id === wallet)?.name ?? wallet;
  return { ...blank, ...guides[wallet], wallet, name, node: mine.find((each) => each.id === node) ?? mine[0] ?? null, nodes: mine };
}

const TEN_MINUTES_S = 600;
const OPENED_MS = 2500;
const ENDED_MS = 7000;
const texts: Record<PromptState, string> = {
  waiting: 'The page has not been opened yet.',
  opened: 'The page is open in a browser; MetaMask asks there.',
  approved: 'MetaMask took the node, which answers at height 21,402,118.',
  refused: 'You refused it in MetaMask. Nothing was changed.',
  'no-wallet': 'The browser that opened the page has no MetaMask. Open it in the one that has.',
  'wrong-chain': 'MetaMask says that the node is on another chain. Nothing was changed.',
  failed: 'MetaMask answered with an error and changed nothing. It said: nothing more',
  expired: 'The page was not used in time and is gone.',
};

/** Pages that go their way by themselves; `?prompt=refused` chooses the end. */
export class Prompts {
  readonly #made = new Map<string, number>();

  make(node: string): PromptPage {
    const id = String(this.#made.size + 1).padStart(16, '0');
    this.#made.set(id, Date.now());
    return { id, url: `http://127.0.0.1:41877/${'6f2a91c4'.repeat(8)}/`, expires_in_s: TEN_MINUTES_S, node, chain_id: '0x1', height: 21_402_117 };
  }

  status(id: string): PromptStatus {
    const age = Date.now() - (this.#made.get(id) ?? 0);
    const wanted = new URLSearchParams(location.search).get('prompt');
    const end = wanted !== null && wanted in texts ? (wanted as PromptState) : 'approved';
    const state: PromptState = age < OPENED_MS ? 'waiting' : age < ENDED_MS ? 'opened' : end;
    return { id, state, text: texts[state], height: state === 'approved' ? 21_402_118 : null, revert: state === 'approved' ? back : [] };
  }
}

const CELLS = 29;
/** Looks like a code, and is none. */
function picture(): string {
  const finder = (x: number, y: number) => `M${x} ${y}h7v7h-7zM${x + 1} ${y + 1}v5h5v-5zM${x + 2} ${y + 2}h3v3h-3z`;
  let path = finder(4, 4) + finder(CELLS - 3, 4) + finder(4, CELLS - 3);
  for (let y = 4; y < CELLS + 4; y += 1) {
    for (let x = 4; x < CELLS + 4; x += 1) {
      const corner = (x < 12 && y < 12) || (x > CELLS - 5 && y < 12) || (x < 12 && y > CELLS - 5);
      if (!corner && (x * 7 + y * 13 + x * y) % 5 < 2) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  const side = CELLS + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill-rule="evenodd" d="${path}"/></svg>`;
}

/** A link for a telephone. */
export function phoneLink({ wallet, reach, address }: PhoneRequest): PhoneLink {
  const secret = wallet === 'fully-noded';
  const at = reach === 'lan' ? '192.168.1.20:50001' : (address ?? '');
  return {
    wallet, name: guided.find((each) => each.id === wallet)?.name ?? wallet, secret, qr_svg: picture(), address: at,
    link: secret ? `btcrpc://fully-noded:k7Qd-made-up-3vTz@${at}/?label=bitcoin-mainnet` : `bluewallet:setelectrumserver?server=${encodeURIComponent(`${at}:t`)}`,
    other_addresses: reach === 'lan' ? ['10.8.0.4'] : [],
    steps: [step('Scan the code with BlueWallet, or with the telephone’s camera, and confirm the server.'), step('Or open Settings, then Network, then Electrum server, and enter this server without TLS.', at)],
    revert: [step('Open Settings, then Network, then Electrum server, and reset it to the default.')],
    notes: ['An Electrum server speaks without encryption: use your own Wi-Fi, or a VPN.'],
  };
}
