// Changing a node that exists: its settings, its version, the place of its data.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('fr');

export const effects: Words['effects'] = {
  words: { none: 'immédiat', restart: 'redémarrage', reindex: 'réindexation', resync: 'resynchronisation', never: 'impossible' },
  heads: {
    none: 'Rien n’a besoin de redémarrer',
    restart: 'Le nœud redémarre',
    reindex: 'Le nœud reconstruit un index',
    resync: 'Le nœud se resynchronise depuis le début',
    never: 'Cela ne peut pas être changé sur un nœud existant',
  },
  texts: {
    none: 'Le changement vaut dès maintenant, et le nœud reste en marche.',
    restart: 'Il est arrêté proprement puis redémarré. Les portefeuilles attendent une minute ou deux.',
    reindex: 'Il est arrêté et parcourt les blocs qu’il a déjà. Rien n’est retéléchargé, mais cela peut prendre des heures ou des jours.',
    resync: 'Il est arrêté, et tout est retéléchargé et revérifié. Les portefeuilles doivent attendre la fin.',
    never: 'Installez plutôt un autre nœud avec ces choix.',
  },
  becomes: 'devient',
  nothing: 'vide',
  hidden: 'masqué',
};

export const change: Words['change'] = {
  heading: 'Réglages',
  lead: 'Les conséquences d’un changement sont montrées avant toute action.',
  advanced: (n) => `Plus d’options (${n})`,
  none: 'Ce client n’a rien à régler.',
  changed: (n) => plural(n, { zero: 'Aucun changement', one: 'Un changement', other: `${n} changements` }),
  undo: 'Annuler',
  review: 'Voir les conséquences',
  kept: 'Laissez vide pour garder la valeur actuelle.',
  title: 'Conséquences de ce changement',
  working: 'Recherche des conséquences…',
  restarts: 'Ces nœuds s’arrêtent et redémarrent avec lui',
  consent: 'Je connais les conséquences et veux continuer',
  confirm: { none: 'Changer', restart: 'Changer et redémarrer', reindex: 'Changer et réindexer', resync: 'Changer et resynchroniser' },
  done: (name) => `${name} a ses nouveaux réglages.`,
  nothing: 'Rien ne changerait.',
};

export const version: Words['version'] = {
  heading: 'Version',
  upToDate: 'Il utilise la version du catalogue.',
  available: (to) => `${to} est disponible`,
  service: 'Service',
  now: 'Maintenant',
  then: 'Ensuite',
  unresolved: 'L’empreinte sera lue dans le registre lors de la mise à jour.',
  oneWay: 'Pas de retour possible',
  oneWayText: 'La nouvelle version modifie les données de sorte que l’ancienne ne peut plus les lire. Pour revenir, il faudrait effacer les données et resynchroniser.',
  unknown: 'Le retour n’est pas certain',
  unknownText: 'Personne n’a vérifié si l’ancienne version peut lire les données une fois que la nouvelle les a écrites.',
  twoWay: 'La version actuelle pourra être rétablie ensuite.',
  notes: 'Notes de version',
  expires: (date) => `Cette version est valable jusqu’au ${date}.`,
  update: (to) => `Passer à ${to}`,
  updateTitle: (name, to) => `Mettre ${name} à jour vers ${to}\u202f?`,
  updateText: 'L’image est téléchargée pendant que le nœud tourne encore. Puis il est arrêté proprement, démarré dans la nouvelle version et surveillé\u202f; si cela ne marche pas, la version précédente est rétablie.',
  updating: 'Enregistrement…',
  updateDone: (name) => `${name} est en cours de mise à jour.`,
  rollback: (to) => `Revenir à ${to}`,
  rollbackTitle: (name, to) => `Ramener ${name} à ${to}\u202f?`,
  rollbackText: 'Le nœud est arrêté proprement et démarré dans la version précédente. Ses réglages et ses données restent.',
  rollbackDone: (name) => `${name} revient à la version précédente.`,
  noRollback: 'Pas de retour possible',
  consent: 'Je sais qu’il n’y aura peut-être pas de retour',
  phases: {
    fetching: 'Téléchargement de la nouvelle version',
    proving: 'Essai de la nouvelle version',
  },
  phaseTexts: {
    fetching: 'Le nœud reste en marche pendant ce temps.',
    proving: 'Si cela ne marche pas, la version précédente est rétablie d’elle-même.',
  },
};

export const move: Words['move'] = {
  action: 'Déplacer les données',
  actionHelp: 'Vers un dossier sur un autre disque',
  title: (name) => `Déplacer les données de ${name}`,
  from: 'De',
  to: 'Vers un dossier du nouveau disque',
  toHelp: 'Les données vont exactement dans ce dossier\u202f: un nouveau, ou un vide.',
  pick: 'Disques de cette machine',
  free: (free) => `${free} libres`,
  short: 'trop peu de place',
  current: 'les contient déjà',
  steps: 'Ce qui se passe',
  stepList: (size) => [
    'Le nœud est arrêté proprement, et les nœuds qui ont besoin de lui attendent.',
    `Copie\u202f: ${size}, et chaque fichier est vérifié.`,
    'Le nœud démarre depuis le nouveau dossier.',
    'L’ancien dossier n’est effacé que lorsque le nœud répond depuis le nouveau.',
  ],
  sizeUnknown: 'ses données',
  safe: 'En cas de problème, l’ancien dossier reste complet et utilisé.',
  consent: 'Arrêter le nœud pendant la copie de ses données',
  confirm: 'Déplacer les données',
  busy: 'Enregistrement…',
  started: (name) => `Les données de ${name} sont en route.`,
  phases: {
    copying: 'Copie des données',
    proving: 'Essai du nouveau dossier',
    erasing: 'Effacement de l’ancien dossier',
  },
  phaseTexts: {
    copying: 'Chaque fichier est vérifié dès son arrivée. L’ancien dossier reste complet.',
    proving: 'Le nœud démarre depuis le nouveau dossier. L’ancien est gardé jusqu’à ce qu’il réponde.',
    erasing: 'Le nœud tourne depuis le nouveau dossier.',
  },
  of: (done, total) => `${done} sur ${total} copiés et vérifiés`,
};
