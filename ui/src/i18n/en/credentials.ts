// The logins of a node.
import type { CredentialAction } from '../../ipc/generated';

export const credentials = {
  heading: 'Logins',
  lead: 'Each wallet has a login of its own, so that one can be taken back without touching the others.',
  working: 'Reading the logins…',
  none: 'This node has no logins of its own.',
  unused: (n: number) => (n === 1 ? 'One login that nobody was given' : `${String(n)} logins that nobody was given`),
  user: 'User',
  may: 'May call',
  methods: (name: string, n: string) => `${name}, ${n} methods`,
  everything: (name: string) => `${name}, every method`,
  files: 'Written into',
  nodes: 'Used by',
  used: 'Last used',
  revokedAt: 'Taken back',
  never: 'not known',
  kinds: { wallet: 'Wallet or tool', node: 'Another node of yours', freehold: 'Freehold’s own questions' } as Record<string, string>,
  states: { active: 'In use', revoked: 'Taken back', rotating: 'Being changed', 'not-handed-out': 'Not handed out' } as Record<string, string>,
  revoke: 'Take back',
  rotate: 'New password',
  giveAgain: 'Give again',
  actionName: (action: string, name: string) => `${action}: ${name}`,
  titles: {
    revoke: (name: string) => `Take back the login of ${name}?`,
    rotate: (name: string) => `A new password for ${name}?`,
  } satisfies Record<CredentialAction, (name: string) => string>,
  confirm: { revoke: 'Take it back', rotate: 'Make a new password' } satisfies Record<CredentialAction, string>,
  busy: { revoke: 'Taking it back…', rotate: 'Making it…' } satisfies Record<CredentialAction, string>,
  done: {
    revoke: (name: string) => `The login of ${name} was taken back`,
    rotate: (name: string) => `${name} gets a new password`,
  } satisfies Record<CredentialAction, (name: string) => string>,
  preparing: 'Working out what it means…',
  means: 'What it means',
  restarts: 'Started again with it',
  writes: 'Files that are written',
};
