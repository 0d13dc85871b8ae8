// Answers of the fake core about parts of a node's page: peers, codes.
import type { EndpointCode, NodeView, PeerList, PeerView } from '../src/ipc/generated';
import { phoneLink } from './guide-answers';

const HOUR_MS = 3_600_000;

/** The kinds of addresses, each as long as it really is. */
function address(index: number): string {
  const place = String(index).padStart(2, '0');
  if (index % 4 === 3) return `k7x${place}m2qvq6${'madeupexample345'.repeat(3).slice(0, 45)}.onion:8333`;
  return index % 4 === 1 ? `[2001:db8:85a3:1319:8a2e:370:7344:${place}]:8333` : `203.0.113.${String(10 + index)}:8333`;
}

function peer(index: number, height: number | null): PeerView {
  const onion = index % 4 === 3;
  return {
    service: null, address: address(index),
    direction: index % 5 === 4 ? 'in' : 'out', client: index % 3 === 0 ? 'Satoshi:31.1.0' : 'Satoshi:30.0.0',
    height: height === null ? null : height - (index % 7 === 6 ? 2 : 0), ping_ms: onion ? 410 + index * 9 : 18 + index * 4.2,
    received: 41e6 + index * 3.1e6, sent: 6e6 + index * 1.7e6, since: Date.now() - (index + 1) * 0.7 * HOUR_MS,
  };
}

/** Whom a node is connected to. */
export function peers(found: NodeView): PeerList {
  const base = { node: found.id, more: 0, at: Date.now() };
  if (found.client === 'electrs') return { ...base, known: false, why: ['It serves wallets and has no peers of its own: it asks the node below it.'], peers: [] };
  if (found.services.every((service) => service.state !== 'running') && !found.external) return { ...base, known: false, why: ['The node does not run, so it has no connections.'], peers: [] };
  const total = (found.peers_in ?? 0) + (found.peers_out ?? 0);
  return { ...base, known: true, why: [], peers: Array.from({ length: total }, (_, index) => peer(index, found.height)) };
}

/** An address as a picture. */
export function endpointCode(consumer: string, url: string, with_login: boolean): EndpointCode {
  const picture = phoneLink({ wallet: 'blockstream', node: '', reach: 'lan', address: null }).qr_svg;
  return { text: with_login ? url.replace('://', `://${consumer}:k7Qd-made-up-3vTz@`) : url, secret: with_login, qr_svg: picture };
}
