// Which of the user's nodes a wallet could use.
import type { NodeView, WalletView } from '../../ipc/generated';

/** The nodes on the wallet's network that stay. */
export function usableNodes(nodes: readonly NodeView[], wallet: WalletView): NodeView[] {
  return nodes.filter((node) => node.network === wallet.network && node.desired !== 'removed');
}
