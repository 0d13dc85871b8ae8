// How things went: curves of a node and of the machine, and crashes.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('fr');

export const history: Words['history'] = {
  heading: 'Historique',
  range: 'Période',
  ranges: { '24': '24 heures', '720': '30 jours' },
  rangeWords: { '24': 'sur les 24 dernières heures', '720': 'sur les 30 derniers jours' },
  service: 'Service',
  allServices: 'Tous ensemble',
  none: 'Rien n’a été enregistré sur cette période.',
  loading: 'Lecture de l’historique…',
  machine: 'L’historique de la machine',
  charts: {
    percent: 'Synchronisé',
    height: 'Hauteur de bloc',
    peers: 'Pairs',
    cpu: 'CPU',
    memory: 'Mémoire',
    disk: 'Disque',
    net: 'Réseau',
    io: 'Lectures et écritures',
  },
  lines: { in: 'reçu', out: 'envoyé', read: 'lu', write: 'écrit' },
  summary: (name, range, low, high, last) => `${name} ${range}\u202f: entre ${low} et ${high}, ${last} à la fin`,
  time: 'Heure',
  table: (name) => `${name} en tableau`,
  noValue: 'pas de chiffre',
};

export const crashes: Words['crashes'] = {
  heading: 'Plantages',
  count: (n) => plural(n, { zero: 'Aucun arrêt inattendu', one: 'Un arrêt inattendu', other: `${n} arrêts inattendus` }),
  lines: (n) => plural(n, { zero: 'Aucune ligne', one: 'Sa dernière ligne', other: `Ses ${n} dernières lignes` }),
  noLines: 'Rien n’a été écrit.',
  region: (service, at) => `Dernières lignes de ${service}, ${at}`,
};
