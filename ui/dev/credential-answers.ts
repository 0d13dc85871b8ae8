// Answers about the logins of a node.
import type { CredentialAction, CredentialList, CredentialPreview, CredentialView, NodeView } from '../src/ipc/generated';
import { now } from './fixtures';

const login: CredentialView = {
  consumer: 'sparrow', name: 'Sparrow', kind: 'wallet', user: 'sparrow', class: 'watch-only wallet', methods: 34, state: 'active', why: null,
  handed_out_at: now - 86_400_000, revoked_at: null, files: ['/home/ada/.sparrow/config'], nodes: [], last_used_at: now - 12_000, can_revoke: true, can_rotate: true,
};

const bitcoin: CredentialView[] = [
  login,
  { ...login, consumer: 'bitcoin-cli', name: 'Bitcoin Core’s tools', user: 'bitcoin-cli', class: 'wallet', methods: 61, files: ['/home/ada/.bitcoin/bitcoin.conf'], last_used_at: now - 4 * 3_600_000 },
  { ...login, consumer: 'specter', name: 'Specter', user: 'specter', class: 'wallet', methods: 61, state: 'revoked', why: 'Specter still points there and cannot log in: put it back, or give it a new password.', revoked_at: now - 26 * 3_600_000, files: ['/home/ada/.specter/nodes/default.json'], last_used_at: null, can_revoke: false },
  { ...login, consumer: 'electrs', name: 'electrs', kind: 'node', user: 'electrs', class: 'index', methods: 9, files: [], nodes: ['electrs'], can_revoke: false },
  { ...login, consumer: 'freehold', name: 'freehold', kind: 'freehold', user: 'freehold', class: 'monitor', methods: 17, files: [], can_revoke: false, can_rotate: false, last_used_at: now - 2000 },
  ...['wasabi', 'nunchuk', 'joinmarket'].map((consumer) => ({ ...login, consumer, name: consumer, user: consumer, state: 'not-handed-out', handed_out_at: null, files: [], last_used_at: null })),
];

/** The logins of the fake core, which remember what was done to them. */
export class Credentials {
  readonly #changed = new Map<string, Partial<CredentialView>>();

  /** Every login of a node. */
  list(node: NodeView): CredentialList {
    const has = node.client === 'bitcoin-core' && !node.external;
    const known = node.needed_by.includes('electrs') ? bitcoin : bitcoin.filter((each) => each.consumer !== 'electrs');
    return {
      node: node.id, name: node.name, has_logins: has,
      note: has ? null : `${node.name} has no logins: every program on this machine may use its ports on 127.0.0.1, and nobody else can reach them.`,
      credentials: has ? known.map((each) => ({ ...each, ...this.#changed.get(`${node.id} ${each.consumer}`) })) : [],
    };
  }

  /** What a change would mean. */
  preview(node: NodeView, consumer: string, action: CredentialAction): CredentialPreview {
    const found = this.list(node).credentials.find((each) => each.consumer === consumer);
    const files = found?.files ?? [];
    return {
      node: node.id, consumer, action, restarts: [node.id, ...node.needed_by], files: action === 'rotate' ? files : [], blocked: null,
      means: [
        `${node.name} is stopped cleanly and started again, since it reads its users at its start only.`,
        'Other wallets reconnect by themselves; their passwords stay as they are.',
        action === 'revoke' ? `${found?.name ?? consumer} still points there and cannot log in any more, until you put it back or give it a new password.`
          : `The old password of ${found?.name ?? consumer} is refused, and the new one is written into ${files.join(' and ')}.`,
      ],
    };
  }

  /** Takes a login back, or gives it a new password. */
  change(node: NodeView, consumer: string, action: CredentialAction): CredentialList {
    const after: Partial<CredentialView> = action === 'revoke'
      ? { state: 'revoked', revoked_at: Date.now(), can_revoke: false, last_used_at: null, why: 'It still points there and cannot log in: put it back, or give it a new password.' }
      : { state: 'rotating', revoked_at: null, can_revoke: true, why: 'The node is on its way to take the new password.' };
    this.#changed.set(`${node.id} ${consumer}`, after);
    return this.list(node);
  }
}
