// Which of the user's nodes a wallet could be pointed at.
import type { NodeView, WalletView } from '../../ipc/generated';

/** Nodes that can serve the wallet, other than the one it uses. Which can is for the core to say. */
export function usableNodes(nodes: readonly NodeView[], wallet: WalletView): NodeView[] {
  return nodes.filter((node) => node.desired !== 'removed' && node.id !== wallet.node && wallet.nodes.includes(node.id));
}
