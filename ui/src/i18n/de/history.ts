// How things went: curves of a node and of the machine, and crashes.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('de');

export const history: Words['history'] = {
  heading: 'Verlauf',
  range: 'Zeitraum',
  ranges: { '24': '24 Stunden', '720': '30 Tage' },
  rangeWords: { '24': 'in den letzten 24 Stunden', '720': 'in den letzten 30 Tagen' },
  service: 'Dienst',
  allServices: 'Alle zusammen',
  none: 'In dieser Zeit wurde nichts aufgezeichnet.',
  loading: 'Der Verlauf wird gelesen…',
  machine: 'Wie es dem Rechner ging',
  charts: {
    percent: 'Synchronisiert',
    height: 'Blockhöhe',
    peers: 'Peers',
    cpu: 'CPU',
    memory: 'Arbeitsspeicher',
    disk: 'Datenträger',
    net: 'Netzwerk',
    io: 'Lesen und Schreiben',
  },
  lines: { in: 'empfangen', out: 'gesendet', read: 'gelesen', write: 'geschrieben' },
  summary: (name, range, low, high, last) => `${name} ${range}: zwischen ${low} und ${high}, zuletzt ${last}`,
  time: 'Zeit',
  table: (name) => `${name} als Tabelle`,
  noValue: 'keine Angabe',
};

export const crashes: Words['crashes'] = {
  heading: 'Abstürze',
  count: (n) => plural(n, { one: 'Einmal von selbst beendet', other: `${n} Mal von selbst beendet` }),
  lines: (n) => plural(n, { one: 'Die letzte Zeile', other: `Die letzten ${n} Zeilen` }),
  noLines: 'Es wurde nichts geschrieben.',
  region: (service, at) => `Letzte Zeilen von ${service}, ${at}`,
};
