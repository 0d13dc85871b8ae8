// Asks the wallet of this browser to use the node, once the button is pressed, and tells Freehold how it went.
'use strict';

const REFUSED_BY_USER = 4001;
const ASKING_ALREADY = -32002;
/** A wallet may add itself to the page a moment after it was loaded. */
const WALLET_WITHIN_MS = 3000;
const LOOK_EVERY_MS = 100;
/** Other wallets say that they are MetaMask too; they also say who they are. */
const OTHERS = {
  isRabby: 'Rabby',
  isBraveWallet: 'Brave Wallet',
  isAvalanche: 'Core',
  isPhantom: 'Phantom',
  isBackpack: 'Backpack',
  isFrame: 'Frame',
  isCoinbaseWallet: 'Coinbase Wallet',
  isTrust: 'Trust Wallet',
  isOkxWallet: 'OKX Wallet',
  isOKExWallet: 'OKX Wallet',
  isExodus: 'Exodus',
  isTally: 'Taho',
  isZerion: 'Zerion',
};

const page = JSON.parse(document.getElementById('page').dataset.page);
const words = page.words;
const button = document.getElementById('ask');
const status = document.getElementById('status');
const announced = new Map();

addEventListener('eip6963:announceProvider', (event) => {
  const detail = event.detail;
  if (detail && detail.info && detail.provider) {
    announced.set(String(detail.info.rdns), detail);
  }
});

function show(state, text, isBad) {
  status.dataset.state = state;
  status.dataset.tone = isBad ? 'bad' : '';
  status.textContent = text;
}

/** The wallet that is meant, and the names of those that are not. */
function look() {
  dispatchEvent(new Event('eip6963:requestProvider'));
  const others = new Set();
  for (const [rdns, detail] of announced) {
    if (page.rdns.includes(rdns)) {
      return { provider: detail.provider, others: [] };
    }
    others.add(String(detail.info.name || rdns));
  }
  const injected = window.ethereum;
  const candidates = injected ? (Array.isArray(injected.providers) ? injected.providers : [injected]) : [];
  for (const candidate of candidates) {
    const flag = Object.keys(OTHERS).find((name) => candidate[name]);
    if (flag) {
      others.add(OTHERS[flag]);
    } else if (candidate.isMetaMask) {
      return { provider: candidate, others: [] };
    } else {
      others.add('unknown');
    }
  }
  return { provider: null, others: [...others] };
}

async function find() {
  const until = Date.now() + WALLET_WITHIN_MS;
  let found = look();
  while (!found.provider && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    found = look();
  }
  return found;
}

/** Tells Freehold; its answer, or null where the page is over or Freehold is gone. */
async function tell(outcome, said) {
  try {
    const answer = await fetch('outcome', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      credentials: 'omit',
      cache: 'no-store',
      body: JSON.stringify({ outcome, said: said ? String(said).slice(0, 300) : null }),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function isChainMismatch(error) {
  const text = String(error && error.message).toLowerCase();
  return /chain ?id/.test(text) && /(match|different|wrong|returned)/.test(text);
}

async function chosenChain(provider) {
  try {
    return String(await provider.request({ method: 'eth_chainId' })).toLowerCase();
  } catch {
    return null;
  }
}

async function approved(provider) {
  const chain = await chosenChain(provider);
  const answer = await tell('approved', null);
  const lines = [words.approved];
  if (chain && chain !== page.request.chainId) {
    lines.push(words.other_chain);
  }
  const height = answer && answer.height;
  lines.push(typeof height === 'number' ? words.answered.replace('{height}', String(height)) : words.not_answered);
  lines.push(words.close);
  document.getElementById('revert').hidden = false;
  show('approved', lines.join('\n'), false);
}

async function refused(error) {
  button.disabled = false;
  if (error && error.code === ASKING_ALREADY) {
    show('asking', words.asking, false);
    return;
  }
  let outcome = 'failed';
  let text = `${words.failed} ${String((error && error.message) || error).slice(0, 300)}`;
  if (error && error.code === REFUSED_BY_USER) {
    outcome = 'refused';
    text = words.refused;
  } else if (isChainMismatch(error)) {
    outcome = 'wrong-chain';
    text = words.wrong_chain;
  }
  const answer = await tell(outcome, error && error.message);
  show(outcome, answer ? text : `${text}\n${words.gone}`, true);
}

async function ask() {
  button.disabled = true;
  show('asking', words.asking, false);
  const { provider, others } = await find();
  if (!provider) {
    button.disabled = false;
    const text = others.length ? words.other_wallet.replace('{wallets}', others.join(', ')) : words.no_wallet;
    const answer = await tell('no-wallet', others.join(', '));
    show('no-wallet', answer ? text : words.gone, true);
    return;
  }
  // A page that is over must not change a wallet that nobody listens to.
  if (!(await tell('asking', null))) {
    show('gone', words.gone, true);
    return;
  }
  try {
    await provider.request({ method: 'wallet_addEthereumChain', params: [page.request] });
  } catch (error) {
    await refused(error);
    return;
  }
  await approved(provider);
}

button.addEventListener('click', ask);
