// The logins of a node.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('fr');

export const credentials: Words['credentials'] = {
  heading: 'Accès',
  lead: 'Chaque portefeuille a son propre accès\u202f: l’un peut être retiré sans toucher aux autres.',
  working: 'Lecture des accès…',
  none: 'Ce nœud n’a pas d’accès à lui.',
  unused: (n) => plural(n, { zero: 'Aucun accès non attribué', one: 'Un accès que personne n’a reçu', other: `${String(n)} accès que personne n’a reçus` }),
  user: 'Utilisateur',
  may: 'Peut appeler',
  methods: (name, n) => `${name}, ${n} méthodes`,
  everything: (name) => `${name}, toutes les méthodes`,
  files: 'Écrit dans',
  nodes: 'Utilisé par',
  used: 'Dernière utilisation',
  revokedAt: 'Retiré',
  never: 'inconnue',
  kinds: { wallet: 'Portefeuille ou outil', node: 'Un autre de vos nœuds', freehold: 'Les questions de Freehold lui-même' },
  states: { active: 'Utilisé', revoked: 'Retiré', rotating: 'En cours de changement', 'not-handed-out': 'Non attribué' },
  revoke: 'Retirer',
  rotate: 'Nouveau mot de passe',
  giveAgain: 'Redonner',
  actionName: (action, name) => `${action}\u202f: ${name}`,
  titles: {
    revoke: (name) => `Retirer l’accès de ${name}\u202f?`,
    rotate: (name) => `Un nouveau mot de passe pour ${name}\u202f?`,
  },
  confirm: { revoke: 'Retirer l’accès', rotate: 'Créer un mot de passe' },
  busy: { revoke: 'Retrait…', rotate: 'Création…' },
  done: {
    revoke: (name) => `L’accès de ${name} a été retiré`,
    rotate: (name) => `${name} reçoit un nouveau mot de passe`,
  },
  preparing: 'Recherche des conséquences…',
  means: 'Conséquences',
  restarts: 'Redémarrent avec lui',
  writes: 'Fichiers qui seront écrits',
};
