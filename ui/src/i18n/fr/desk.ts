// What belongs to the desk that the window stands on: what was done and a file of it, the support bundle, registries,
// the start at login, the end.
import type { Words } from '../text';

export const timeline: Words['timeline'] = {
  filters: 'Filtres',
  subject: 'Sujet',
  anySubject: 'Tous les nœuds et portefeuilles',
  search: 'Rechercher',
  searchHelp: 'Dans les phrases, les noms et les valeurs',
  time: 'Quand',
  times: { any: 'À tout moment', day: 'Dernières 24 heures', week: '7 derniers jours', month: '30 derniers jours', between: 'Entre deux jours' },
  from: 'Du',
  to: 'Au',
  clear: 'Effacer les filtres',
  older: 'Afficher les entrées plus anciennes',
  loadingOlder: 'Chargement…',
  end: 'C’est tout.',
  shown: (count) => `Entrées affichées\u202f: ${count}`,
  nothing: 'Rien ne correspond',
  nothingText: 'Aucune entrée ne correspond à tous ces filtres.',
  changed: 'Ce qui a changé',
  none: 'rien',
  became: 'est devenu',
  save: 'Enregistrer en',
  formats: { json: 'JSON', csv: 'Tableau CSV' },
  saveHelp: 'Toutes les entrées qui correspondent aux filtres, même celles pas encore affichées.',
  savedTo: (path) => `Enregistré dans ${path}`,
  downloaded: (name) => `${name} a été téléchargé`,
};

export const support: Words['support'] = {
  heading: 'Dossier d’assistance',
  lead: 'Ce que doit savoir la personne qui vous aide. Rien n’est envoyé\u202f: vous le voyez, vous l’enregistrez, vous décidez qui le reçoit.',
  hidden: 'Les mots de passe, les clés, votre nom, le nom de cette machine, les dossiers personnels, les adresses e-mail et publiques sont masqués. Les fichiers des portefeuilles n’en font jamais partie.',
  show: 'Afficher son contenu',
  gathering: 'Collecte en cours…',
  again: 'Collecter à nouveau',
  save: 'Enregistrer ce dossier',
  saving: 'Enregistrement…',
  summary: (files, size, hidden) => `Fichiers\u202f: ${files}, ${size}. Éléments masqués\u202f: ${hidden}.`,
  files: 'Fichiers du dossier',
  content: (name) => `Contenu de ${name}`,
  empty: 'Ce fichier est vide.',
};

export const registries: Words['registries'] = {
  heading: 'Registres',
  lead: 'D’où viennent les images des nœuds. Le moteur ne les contacte que lorsque vous installez ou mettez à jour.',
  mirrors: 'Freehold utilise le registre indiqué par le catalogue. Vous pouvez indiquer le vôtre dans votre propre dossier de catalogue.',
  host: 'Registre',
  of: 'Images de',
  reached: 'Joint pour la dernière fois',
  never: 'Pas encore contacté sur cette machine',
  ago: (span) => `Joint ${span}`,
  failed: (span) => `Échec ${span}`,
  used: (nodes) => `Utilisé par ${nodes}`,
  more: (count) => `et ${count} autres`,
  list: (names) => names.join(', '),
};

export const system: Words['system'] = {
  heading: 'Démarrage',
  login: 'Démarrer à l’ouverture de session',
  loginHelp: 'Dans la zone de notification, sans fenêtre. Le système garde ce réglage\u202f; Freehold le lui demande à chaque fois.',
  loginElsewhere: 'Se règle dans la fenêtre de Freehold. Ici, dans un navigateur, il n’y a rien à démarrer.',
  loginOther: 'Pas pour un Freehold qui utilise un autre dossier.',
  asking: 'Interrogation du système…',
  dataDisk: 'Disque pour les données de chaîne des nouveaux nœuds',
  releases: 'Nouvelles versions',
  releasesText: 'Freehold ne demande à aucun serveur s’il existe une version plus récente. Les nouvelles arrivent comme celle-ci\u202f: par la source de paquets ou la page d’où elle vient. Les changements figurent dans les notes de version.',
  catalogText: 'Quand le catalogue indique une version plus récente d’un nœud, c’est annoncé sur la page du nœud et, si vous le voulez, sur le bureau. Rien n’est mis à jour sans votre demande, sauf si vous réglez le nœud pour qu’il le fasse de lui-même.',
};

export const quitting: Words['quitting'] = {
  goesOn: 'Continue sans Freehold',
  goesOnText: 'Vos nœuds, et chaque portefeuille qui en utilise un.',
  rests: 'En pause jusqu’au retour de Freehold',
  restsText: 'Les notifications, les règles de batterie, de réseau limité et d’horaires, la surveillance des disques pleins et les changements qui attendent la fermeture d’un portefeuille.',
  hide: 'Réduire en icône',
  remember: 'Faire de même la prochaine fois sans demander',
};
