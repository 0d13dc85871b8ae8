// The first page: the engine, the disk for chain data, the doors; and the disks wherever they are chosen.
import type { Words } from '../text';

const kinds: Record<string, string> = { ssd: 'SSD', hdd: 'Disque dur', removable: 'Amovible', network: 'Réseau', unknown: 'Type inconnu' };

export const disks: Words['disks'] = {
  legend: 'Disque pour les données de chaîne',
  kind: (kind) => kinds[kind] ?? kind,
  kindNotes: {
    hdd: 'Sur un disque dur, la première synchronisation prend des jours plutôt que des heures.',
    removable: 'Utilisable seulement tant qu’il est branché.',
    network: 'Lent, et les bases de données peuvent y être endommagées. Déconseillé.',
  },
  free: (free, total) => `${free} libres sur ${total}`,
  folder: 'Dossier',
  own: 'Le dossier de Freehold',
  inUse: 'Utilisé',
  fits: 'Ce qui y tient',
  whole: (name) => `${name}\u202f: tient en entier`,
  part: (name) => `${name}\u202f: tient sans les anciens blocs`,
  none: (name) => `${name}\u202f: ne tient pas`,
  measure: 'Mesurer la vitesse',
  measureOf: (place) => `Mesurer la vitesse de ${place}`,
  measuring: 'Mesure…',
  speed: (write, reads) => `${write} écrits, ${reads} petites lectures par seconde`,
  verdicts: { fast: 'Assez rapide pour toute chaîne', fair: 'Suffisant pour une première synchronisation de quelques jours', slow: 'Trop lent pour une grande chaîne' },
  mend: 'Pour le rendre utilisable\u202f:',
  lookAgain: 'Regarder à nouveau',
  loading: 'Examen des disques…',
};

export const start: Words['start'] = {
  steps: { engine: 'Moteur de conteneurs', disk: 'Où vont les données de chaîne', doors: 'Que bâtir' },
  stepDone: 'Fait',
  stepOpen: 'À faire',
  engine: {
    answers: (name) => `${name} répond.`,
    details: 'Détails',
    looking: 'Recherche en cours…',
    headings: {
      missing: 'Les nœuds tournent dans des boîtes fermées, et le programme pour cela manque',
      stopped: 'Un moteur de conteneurs est installé mais ne tourne pas',
      denied: 'Un moteur de conteneurs tourne mais ne vous laisse pas entrer',
    },
    leads: {
      missing: 'Un moteur de conteneurs comme Docker ou Podman démarre, arrête et retire chaque nœud sans laisser de trace. Voici de quoi en installer un sur votre système.',
      stopped: 'Il faut le démarrer une fois. Voici comment.',
      denied: 'Votre compte a besoin du droit de l’utiliser. Voici comment le lui donner.',
    },
    unknownHeading: 'Le moteur de conteneurs ne répond pas',
    green: 'Cette page passe au vert d’elle-même dès que le moteur répond.',
    offer: 'Laisser faire Freehold',
    offerLead: 'Voici exactement ce qui serait exécuté\u202f:',
    consent: 'Exécuter ces commandes sur mon ordinateur',
    run: 'Exécuter',
    starting: 'Démarrage…',
    runHint: 'Cochez d’abord la case\u202f: rien n’est exécuté sans votre accord.',
    byHand: 'Ou faites-le vous-même dans un terminal',
    inTerminal: 'Exécutez ceci dans un terminal',
    states: {
      running: 'En cours. Si votre système demande un mot de passe, cherchez sa fenêtre.',
      waiting: 'Toutes les commandes ont réussi. En attente du moteur…',
      done: 'Le moteur est installé.',
      failed: 'Cela n’a pas marché.',
    },
    ended: (done, all) => `${done} sur ${all} faites`,
    output: 'Ce que disent les commandes',
    noOutput: 'Rien pour l’instant.',
  },
  disk: {
    lead: 'Chaque nœud y reçoit son propre dossier. Vous pouvez choisir autrement pour chaque nœud, et le déplacer plus tard.',
    chosen: (place, free) => `${place}, ${free} libres`,
    change: 'Choisir un autre disque',
    saved: (folder) => `Les nouvelles données de chaîne iront désormais dans ${folder}.`,
  },
  ethereum: {
    title: 'Ethereum pour mon portefeuille',
    text: 'Deux programmes qui vérifient la chaîne ensemble. Votre portefeuille les interroge, eux et personne d’autre.',
    disk: (size) => `${size} de disque`,
    memory: (size) => `${size} de mémoire`,
  },
  verdict: {
    fits: 'Tient sur cette machine',
    fitsWhole: 'Tient\u202f; tous les blocs tiendraient aussi',
    fitsLess: (size) => `Ne tient qu’avec moins d’historique, dès ${size}`,
    disk: (wanted, free, place) => `Ne tient pas\u202f: demande ${wanted} avec un dixième de marge\u202f; ${free} sont libres sur ${place}`,
    memory: (needed, has) => `Demande ${needed} de mémoire\u202f; cette machine a ${has}`,
    unknown: 'On ne sait pas si cela tient',
  },
  sync: (range) => `Première synchronisation\u202f: ${range}`,
  syncHere: (range) => `Première synchronisation sur ce disque\u202f: ${range}`,
  practice: {
    heading: 'Juste pour essayer\u202f?',
    text: 'Le mode d’essai est une chaîne privée sur cette machine\u202f: pas de synchronisation, pas de place, pas d’argent réel. Chaque bouton marche, en deux minutes.',
    bitcoin: 'Essayer avec Bitcoin',
    ethereum: 'Essayer avec Ethereum',
    clean: 'Effacez-la quand vous voulez\u202f; rien d’autre n’est touché.',
  },
  needsEngine: 'Vous pouvez déjà tout regarder\u202f; installer demande le moteur.',
};

export const fixes: Words['fixes'] = {
  option: (option, value) => `${option}\u202f: choisir «\u202f${value}\u202f»`,
  both: (first, second) => `${first}\u202f; ${second}`,
  off: (option) => `Désactiver «\u202f${option}\u202f»`,
  on: (option) => `Activer «\u202f${option}\u202f»`,
  folder: (place, free) => `Utiliser ${place} (${free} libres)`,
  port: (port) => `Utiliser plutôt le port ${port}`,
  need: (client) => `Installer un nouveau ${client} pour lui`,
  engine: 'Installer le moteur de conteneurs',
  done: (what) => `Changé\u202f: ${what}. Nouvelle vérification.`,
  label: 'Solutions possibles',
};

export const underway: Words['underway'] = {
  text: (name) => `«\u202f${name}\u202f» est en cours d’installation.`,
  see: 'Voir l’avancement',
};
