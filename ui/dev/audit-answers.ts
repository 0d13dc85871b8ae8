// Answers of the audit and of the outage drill.
import type { AuditReport, AuditRow, AuditScore, DrillChoice, DrillContact, DrillEndpoint, DrillOutcome, DrillProof, DrillReport, NodeView } from '../src/ipc/generated';

const row = (id: string, who: string, verdict: AuditRow['verdict'], more: Partial<AuditRow>): AuditRow => ({
  id, kind: 'wallet', who, wallet: null, node: null, network: 'mainnet', endpoint: null, host: null, provider: null, provider_id: null, cloud: null,
  verdict, counted: true, read_from: [], notes: [], switched: false, endpoint_before: null, ...more,
});
const file = (path: string, line: number | null, kind: AuditRow['read_from'][number]['kind'] = 'settings_file') => ({ kind, path, line });
const amazon = { clouds: ['amazon'], text: 'probably Amazon', certain: false };

const rows: AuditRow[] = [
  row('wallet:sparrow:mainnet', 'Sparrow', 'others', { wallet: 'sparrow', endpoint: 'ssl://blockstream.info:700', host: 'blockstream.info', provider: 'Blockstream', provider_id: 'blockstream', cloud: { clouds: ['google'], text: 'probably Google', certain: false }, read_from: [file('/home/ada/.sparrow/config', 11)] }),
  row('wallet:metamask', 'MetaMask', 'others', { wallet: 'metamask', provider: 'Infura / MetaMask (Consensys)', provider_id: 'infura', cloud: amazon, notes: ['As it comes it uses this; whether that was changed cannot be read from outside.'] }),
  row('tool:hardhat', 'Hardhat', 'others', { kind: 'tool', network: 'sepolia', endpoint: 'https://eth-sepolia.g.alchemy.com/v2/••••••••', host: 'eth-sepolia.g.alchemy.com', provider: 'Alchemy', provider_id: 'alchemy', cloud: { clouds: ['amazon', 'google'], text: 'probably Amazon, Google', certain: false }, read_from: [file('/home/ada/work/token/hardhat.config.ts', 18), file('/home/ada/work/token/.env', 3, 'environment_file')] }),
  row('environment:ETH_RPC_URL', 'ETH_RPC_URL', 'unknown', { kind: 'environment', network: null, endpoint: 'https://rpc.fjord-lab.example/eth', host: 'rpc.fjord-lab.example', read_from: [file('/home/ada/.zshrc', 42, 'shell_file'), { kind: 'process', path: null, line: null }] }),
  row('wallet:bitcoin-cli:mainnet', 'Bitcoin Core’s tools', 'own', { kind: 'tool', wallet: 'bitcoin-cli', node: 'bitcoin-mainnet', endpoint: 'http://127.0.0.1:28332', host: '127.0.0.1', read_from: [file('/home/ada/.bitcoin/bitcoin.conf', 4)], switched: true }),
  row('wallet:electrum:mainnet', 'Electrum', 'own', { wallet: 'electrum', node: 'electrs', endpoint: '127.0.0.1:50001:t', host: '127.0.0.1', read_from: [file('/home/ada/.electrum/config', 27)], switched: true, endpoint_before: 'electrum.blockstream.info:50002:s' }),
  row('wallet:monero-gui:mainnet', 'Monero GUI', 'own', { wallet: 'monero-gui', endpoint: 'http://127.0.0.1:18081', host: '127.0.0.1', read_from: [file('/home/ada/.config/monero-project/monero-core.conf', 9)] }),
  row('wallet:sparrow:signet', 'Sparrow', 'unknown', { wallet: 'sparrow', network: 'signet', counted: false, read_from: [file('/home/ada/.sparrow/signet/config', null)] }),
];

const score = (own: number, others: number, unknown: number): AuditScore => {
  const total = own + others + unknown;
  return { own, others, unknown, total, score: Math.floor((own * 100) / total), sentence: `${own} of ${total} endpoints ${own === 1 ? 'stands' : 'stand'} on your own ground.` };
};

const choices: DrillChoice[] = [
  { id: 'blockstream', name: 'Blockstream', is_cloud: false, found_here: true },
  { id: 'infura', name: 'Infura / MetaMask (Consensys)', is_cloud: false, found_here: true },
  { id: 'alchemy', name: 'Alchemy', is_cloud: false, found_here: true },
  { id: 'amazon', name: 'Amazon', is_cloud: true, found_here: true },
  { id: 'google', name: 'Google', is_cloud: true, found_here: true },
  { id: 'microsoft', name: 'Microsoft', is_cloud: true, found_here: false },
  { id: 'cloudflare', name: 'Cloudflare', is_cloud: true, found_here: false },
];

/** Whom everything on this machine asks. */
export function audit(): AuditReport {
  return {
    rows, now: score(3, 3, 1), before: score(1, 5, 1), drill_choices: choices,
    leftovers: [
      { wallet: 'sparrow', name: 'Sparrow', what: 'fee rates', host: 'mempool.space', provider: 'mempool.space', how_off: 'Choose your server under Tools, Fee rates.' },
      { wallet: 'sparrow', name: 'Sparrow', what: 'prices', host: 'api.coingecko.com', provider: 'CoinGecko', how_off: 'Set `exchangeSource` to `NONE` under Settings, General.' },
      { wallet: 'metamask', name: 'MetaMask', what: 'token lists and names', host: null, provider: 'Infura / MetaMask (Consensys)', how_off: null },
    ],
    unread: [{ path: '/home/ada/work/old/.env', why: 'It belongs to another user.' }],
  };
}

const proof = (asked: string, height: number | null, ms: number, why: string | null = null): DrillProof => ({ asked, answered: true, chain: 'main', height, ms, why });
const contact = (host: string, purpose: string, outcome: DrillOutcome, sentence: string): DrillContact => ({ host, purpose, outcome, sentence });

/** What would stop without somebody. */
export function drill(who: string, nodes: readonly NodeView[]): DrillReport {
  const gone = choices.find((each) => each.id === who) ?? { id: who, name: who, is_cloud: false, found_here: false };
  const ends = (each: AuditRow): DrillOutcome => {
    if (each.id === 'wallet:monero-gui:mainnet') return 'does_not_answer';
    if (each.verdict === 'own') return 'goes_on';
    if (each.verdict === 'unknown') return 'not_known';
    if (each.provider_id === gone.id) return 'stops';
    if (each.cloud?.clouds.includes(gone.id)) return each.cloud.clouds.length > 1 ? 'not_known' : 'probably_stops';
    return gone.is_cloud ? 'probably_goes_on' : 'goes_on';
  };
  const said: Record<DrillOutcome, (each: AuditRow) => string> = {
    stops: (each) => `It would stop: ${each.provider ?? ''} is gone.`,
    probably_stops: (each) => `It would probably stop: ${each.provider ?? ''} runs probably on ${gone.name}.`,
    does_not_answer: () => `It does not answer now, with or without ${gone.name}: connection refused.`,
    not_known: (each) => (each.provider ? `Not known: ${each.provider} runs on several clouds; whether ${gone.name} is one of them here is not known.` : 'Not known: nobody can say who runs this server, or where.'),
    probably_goes_on: (each) => `It would probably go on: ${each.provider ?? ''} runs probably elsewhere.`,
    goes_on: (each) => (each.verdict === 'own' ? `It goes on: it stands on your own ground, without ${gone.name}.` : `It would go on: ${each.provider ?? ''} is not ${gone.name}.`),
  };
  const endpoints: DrillEndpoint[] = rows.filter((each) => each.counted).map((each) => {
    const outcome = ends(each);
    const asked = each.verdict !== 'own' ? null : outcome === 'does_not_answer' ? { ...proof('monero+http://127.0.0.1:18081', null, 2, 'connection refused'), answered: false, chain: null } : proof(each.endpoint ?? '', 924_880, each.wallet === 'electrum' ? 31 : 12);
    return { id: each.id, kind: each.kind, who: each.who, wallet: each.wallet, network: each.network, endpoint: each.endpoint, provider: each.provider, outcome, sentence: said[outcome](each), proof: asked };
  });
  const counted = (outcome: DrillOutcome) => endpoints.filter((each) => each.outcome === outcome).length;
  const counts = { stops: counted('stops'), probably_stops: counted('probably_stops'), does_not_answer: counted('does_not_answer'), not_known: counted('not_known'), probably_goes_on: counted('probably_goes_on'), goes_on: counted('goes_on') };
  const elsewhere: DrillOutcome = 'probably_goes_on';
  return {
    who: gone, choices, counts, endpoints,
    sentence: `Without ${gone.name}, of ${endpoints.length} endpoints: ${counts.stops + counts.probably_stops} would stop or probably stop, 1 of your own does not answer now, ${counts.goes_on} would go on.`,
    nodes: nodes.map((each) => {
      const running = each.desired === 'running';
      return {
        node: each.id, name: each.name, running, outcome: running ? 'goes_on' : 'does_not_answer', proof: running ? proof(each.endpoints[0]?.endpoint ?? '', each.height, 12) : null,
        sentence: running ? 'It runs on your own ground.' : 'It does not run now.',
        contacts: [
          contact('peers of the network', 'gives blocks', 'not_known', 'It goes on with the peers that it knows. A new node finds its first ones through addresses in its program, which nobody listed by cloud.'),
          contact('seed.bitcoin.sipa.be', 'first addresses of peers, asked for at the first start', elsewhere, 'It would probably go on: nobody named a cloud for it.'),
        ],
      };
    }),
    sources: [
      contact('docker.io', 'images of Bitcoin Core, electrs, Monero: for installs and updates; what runs goes on', gone.id === 'amazon' ? 'probably_stops' : elsewhere, gone.id === 'amazon' ? 'It would probably stop: Docker runs probably on Amazon.' : 'It would probably go on: Docker runs probably on Amazon.'),
      contact('bitcoincore.org', 'release notes of Bitcoin Core: opened in your browser only', 'not_known', 'Not known: nobody can say who runs this, or where.'),
    ],
  };
}
