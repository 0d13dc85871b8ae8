// Words that every page uses.
import { number } from '../locale';
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('fr');

export const units: Words['units'] = {
  seconds: (n) => `${n}\u00a0s`,
  minutes: (n) => `${n}\u00a0min`,
  hours: (n) => `${n}\u00a0h`,
  days: (n) => `${number(n)}\u00a0${plural(n, { one: 'jour', other: 'jours' })}`,
  years: (n) => `${number(n, 0, 1)}\u00a0${plural(n, { one: 'an', other: 'ans' })}`,
  bytes: ['o', 'ko', 'Mo', 'Go', 'To', 'Po'],
  binary: { mebi: 'Mio', gibi: 'Gio' },
  perSecond: (amount) => `${amount}/s`,
  percent: (n) => `${n}\u202f%`,
  two: (large, small) => `${large} ${small}`,
  bounds: {
    'disk speed': 'la vitesse du disque', 'network speed': 'la vitesse du réseau', 'processor speed': 'la vitesse du processeur',
    'too few peers': 'le manque de pairs',
  },
  range: (low, high) => `${low} à ${high}`,
  under: (limit) => `moins de ${limit}`,
  ago: (span) => `il y a ${span}`,
  now: 'à l’instant',
  colon: '\u202f: ',
  comma: ', ',
  end: '.',
  space: ' ',
};

export const status: Words['status'] = {
  pulling: 'Téléchargement',
  starting: 'Démarrage',
  syncing: 'Synchronisation',
  ready: 'Prêt',
  degraded: 'À surveiller',
  moving: 'Déplacement',
  paused: 'En pause',
  stopping: 'Arrêt en cours',
  stopped: 'Arrêté',
  retrying: 'Nouvel essai',
  failed: 'En échec',
  'wrong-chain': 'Mauvaise chaîne',
  expired: 'Expiré',
  unknown: 'Inconnu',
};

export const actions: Words['actions'] = {
  cancel: 'Annuler',
  close: 'Fermer',
  copy: 'Copier',
  copied: 'Copié',
  notCopied: 'Copie impossible',
  copyOf: (what) => `Copier\u202f: ${what}`,
  tryAgain: 'Réessayer',
  checkAgain: 'Vérifier à nouveau',
  checking: 'Vérification…',
  openLog: 'Ouvrir le journal',
  working: 'En cours…',
  done: 'Terminé',
  show: 'Afficher',
  hide: 'Masquer',
  back: 'Retour',
  showSecret: (what) => `Afficher\u202f: ${what}`,
  hideSecret: (what) => `Masquer\u202f: ${what}`,
  dismiss: 'Ignorer',
};

export const shell: Words['shell'] = {
  name: 'Freehold',
  skip: 'Aller au contenu',
  mainNav: 'Navigation principale',
  nodes: 'Nœuds',
  catalog: 'Catalogue',
  wallets: 'Portefeuilles',
  activity: 'Activité',
  settings: 'Réglages',
  help: 'Aide',
  loading: 'Examen de cette machine…',
  opening: 'Ouverture de cette page…',
  lostTitle: 'Le cœur de Freehold ne répond pas',
  lostText: 'Ce que vous voyez n’est peut-être plus à jour. Vos nœuds ne sont pas touchés. Cette page réessaie d’elle-même.',
  expiredTitle: 'Ce lien a déjà servi ou a expiré',
  expiredText: 'Chaque lien n’ouvre Freehold qu’une fois. Relancez cette commande et ouvrez le lien qu’elle affiche.',
  expiredCommand: 'freehold serve',
  messages: 'Messages',
  notices: 'Bon à savoir',
  quit: {
    title: 'Laisser vos nœuds en marche\u202f?',
    text: (count) => plural(count, {
      zero: 'Aucun nœud n’est en marche.',
      one: 'Un nœud est en marche. Il peut continuer sans cette fenêtre.',
      other: `${count} nœuds sont en marche. Ils peuvent continuer sans cette fenêtre.`,
    }),
    keep: 'Les laisser en marche',
    stop: 'Les arrêter et quitter',
    note: 'L’arrêt est propre\u202f: chaque nœud écrit d’abord son état sur le disque. Pour un gros nœud, cela peut prendre plusieurs minutes.',
    settingHint: 'Ce choix peut être fait une fois pour toutes dans les réglages.',
  },
};
