// The logins of a node.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('de');

export const credentials: Words['credentials'] = {
  heading: 'Zugänge',
  lead: 'Jede Wallet hat einen eigenen Zugang. So lässt sich einer entziehen, ohne die anderen anzutasten.',
  working: 'Die Zugänge werden gelesen…',
  none: 'Diese Node hat keine eigenen Zugänge.',
  unused: (n) => plural(n, { one: 'Ein Zugang, den niemand bekommen hat', other: `${String(n)} Zugänge, die niemand bekommen hat` }),
  user: 'Benutzer',
  may: 'Darf aufrufen',
  methods: (name, n) => `${name}, ${n} Methoden`,
  everything: (name) => `${name}, jede Methode`,
  files: 'Eingetragen in',
  nodes: 'Benutzt von',
  used: 'Zuletzt benutzt',
  revokedAt: 'Entzogen',
  never: 'nicht bekannt',
  kinds: { wallet: 'Wallet oder Werkzeug', node: 'Eine andere eigene Node', freehold: 'Freeholds eigene Fragen' },
  states: { active: 'In Gebrauch', revoked: 'Entzogen', rotating: 'Wird gewechselt', 'not-handed-out': 'Nicht ausgegeben' },
  revoke: 'Entziehen',
  rotate: 'Neues Passwort',
  giveAgain: 'Wieder geben',
  actionName: (action, name) => `${action}: ${name}`,
  titles: {
    revoke: (name) => `Zugang von ${name} entziehen?`,
    rotate: (name) => `Neues Passwort für ${name}?`,
  },
  confirm: { revoke: 'Zugang entziehen', rotate: 'Neues Passwort erzeugen' },
  busy: { revoke: 'Wird entzogen…', rotate: 'Wird erzeugt…' },
  done: {
    revoke: (name) => `Der Zugang von ${name} ist entzogen`,
    rotate: (name) => `${name} bekommt ein neues Passwort`,
  },
  preparing: 'Die Folgen werden ermittelt…',
  means: 'Was das bedeutet',
  restarts: 'Startet mit neu',
  writes: 'Dateien, die geschrieben werden',
};
