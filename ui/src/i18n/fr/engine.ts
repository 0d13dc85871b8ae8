// The container engine: looking for it, getting one, losing it; and the first page after it was found.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('fr');
const kinds: Record<string, string> = { docker: 'Docker', podman: 'Podman' };
const kindName = (kind: string | null) => (kind === null ? 'Moteur' : (kinds[kind] ?? kind));

export const engine: Words['engine'] = {
  states: { looking: 'Recherche…', connected: 'Connecté', down: 'Ne répond pas' },
  kindName,
  chip: (kind, version) => [kindName(kind), version?.split('.').slice(0, 2).join('.')].filter(Boolean).join(' '),
  chipState: { looking: 'recherche…', connected: 'connecté', down: 'ne répond pas' },
  chipLabel: (name, state) => `Moteur de conteneurs\u202f: ${name}, ${state}`,
  rootless: 'sans root',
  heading: 'Une chose d’abord\u202f: un moteur de conteneurs',
  lead: 'Un moteur comme Docker ou Podman fait tourner chaque nœud dans sa propre boîte fermée. Il peut ainsi être démarré, arrêté et retiré sans laisser de trace.',
  lookingHeading: 'Recherche d’un moteur de conteneurs',
  lookingText: 'Freehold essaie tous les endroits où un moteur peut écouter. Cela prend quelques secondes.',
  foundHeading: 'Le moteur répond',
  foundText: (name) => `${name} est connecté. Il ne faut rien d’autre.`,
  goOn: 'Continuer',
  guideFor: (system) => `Sur ${system}`,
  noGuide: 'Installez Docker ou Podman avec les outils de votre système, démarrez-le et vérifiez à nouveau.',
  runInTerminal: 'Copiez chaque ligne dans un terminal. Cette page passe au vert d’elle-même dès que le moteur répond.',
  lookedAt: (count) => `Où Freehold a cherché (${count})`,
  lostTitle: 'Le moteur de conteneurs ne répond pas',
  lostText: 'Tant qu’il n’est pas revenu, personne ne sait comment vont vos nœuds. Leurs données sont en sécurité, et cette page se rétablit d’elle-même.',
  how: 'Que faire',
  address: 'Adresse',
  version: 'Version',
  api: 'API',
  mode: 'Mode',
  modeRoot: 'service du système',
  shares: 'sur cette machine même',
  virtual: 'dans une machine virtuelle',
};

export const welcome: Words['welcome'] = {
  heading: 'Votre propre terrain',
  lead: 'Que voulez-vous y bâtir\u202f? Tout peut être arrêté, déplacé et retiré plus tard.',
  anotherHeading: 'Ajouter un nœud',
  bitcoin: {
    title: 'Bitcoin pour mon portefeuille',
    text: 'Un nœud qui vérifie chaque bloc et garde les plus récents. Votre portefeuille l’interroge, lui et personne d’autre.',
    facts: (disk, sync) => [disk, sync],
    disk: (size) => `${size} de disque`,
  },
  practice: {
    title: 'Mode d’essai',
    text: 'Une chaîne privée sur cette machine, pour essayer chaque bouton. Aucune chaîne à télécharger, pas d’argent réel.',
    facts: ['Presque pas de disque', 'Deux minutes'],
  },
  choose: {
    title: 'Choisir moi-même',
    text: 'Tous les nœuds du catalogue, tous les réseaux, toutes les options.',
    facts: (count) => [plural(count, { zero: 'Aucune entrée', one: 'Une entrée pour l’instant', other: `${count} entrées` }), 'Tous leurs réseaux'],
  },
  recommended: 'Pour débuter',
  promise: 'Freehold n’a ni compte ni serveur. Il ne contacte que votre moteur, les registres d’où viennent les images et vos propres nœuds.',
};
