// Which wallets have steps instead of a settings file that Freehold writes.
import type { WalletView } from '../../ipc/generated';

/** Whether steps exist for it. One that cannot be switched has steps, of what to do instead, where no file of it is read. */
export function isGuided(wallet: WalletView): boolean {
  return wallet.switchable === 'prompt' || wallet.switchable === 'guide' || (wallet.switchable === 'no' && wallet.files.length === 0);
}
