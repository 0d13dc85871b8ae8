// Which of the user's nodes a wallet could be pointed at.
import type { NodeView, WalletView } from '../../ipc/generated';

/**
 * Nodes on the wallet's network other than the one it uses, that have a credential for it. A node without endpoints
 * has not been started yet; whether it will have one is for the core to say.
 */
export function usableNodes(nodes: readonly NodeView[], wallet: WalletView): NodeView[] {
  const serves = (node: NodeView) => node.endpoints.length === 0 || node.endpoints.some((endpoint) => endpoint.consumer === wallet.id);
  return nodes.filter((node) => node.network === wallet.network && node.desired !== 'removed' && node.id !== wallet.node && serves(node));
}
