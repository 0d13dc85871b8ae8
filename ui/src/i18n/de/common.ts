// Words that every page uses.
import { number } from '../locale';
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('de');

export const units: Words['units'] = {
  seconds: (n) => `${n}\u00a0s`,
  minutes: (n) => `${n}\u00a0min`,
  hours: (n) => `${n}\u00a0h`,
  days: (n) => `${number(n)}\u00a0${plural(n, { one: 'Tag', other: 'Tage' })}`,
  years: (n) => `${number(n, 0, 1)}\u00a0${plural(n, { one: 'Jahr', other: 'Jahre' })}`,
  bytes: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  binary: { mebi: 'MiB', gibi: 'GiB' },
  perSecond: (amount) => `${amount}/s`,
  percent: (n) => `${n}\u00a0%`,
  two: (large, small) => `${large} ${small}`,
  bounds: {
    'disk speed': 'das Tempo des Datenträgers', 'network speed': 'das Tempo des Netzes', 'processor speed': 'das Tempo des Prozessors',
    'too few peers': 'zu wenige Peers',
  },
  range: (low, high) => `${low} bis ${high}`,
  under: (limit) => `weniger als ${limit}`,
  // The span stands for itself, so that no case has to be formed: „vor 3 Tagen“ would need another word.
  ago: (span) => `${span} her`,
  now: 'gerade eben',
  colon: ': ',
  comma: ', ',
  end: '.',
  space: ' ',
};

export const status: Words['status'] = {
  pulling: 'Wird geladen',
  starting: 'Startet',
  syncing: 'Wird synchronisiert',
  ready: 'Bereit',
  degraded: 'Braucht einen Blick',
  moving: 'Zieht um',
  paused: 'Pausiert',
  stopping: 'Hält an',
  stopped: 'Angehalten',
  retrying: 'Neuer Versuch',
  failed: 'Gescheitert',
  'wrong-chain': 'Falsche Chain',
  expired: 'Abgelaufen',
  unknown: 'Unbekannt',
};

export const actions: Words['actions'] = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notCopied: 'Ließ sich nicht kopieren',
  copyOf: (what) => `Kopieren: ${what}`,
  tryAgain: 'Noch einmal versuchen',
  checkAgain: 'Noch einmal prüfen',
  checking: 'Wird geprüft…',
  openLog: 'Log öffnen',
  working: 'Läuft…',
  done: 'Fertig',
  show: 'Zeigen',
  hide: 'Verbergen',
  back: 'Zurück',
  showSecret: (what) => `Zeigen: ${what}`,
  hideSecret: (what) => `Verbergen: ${what}`,
  dismiss: 'Ausblenden',
};

export const shell: Words['shell'] = {
  name: 'Freehold',
  skip: 'Zum Inhalt springen',
  mainNav: 'Hauptnavigation',
  nodes: 'Nodes',
  catalog: 'Katalog',
  wallets: 'Wallets',
  activity: 'Aktivität',
  settings: 'Einstellungen',
  help: 'Hilfe',
  loading: 'Dieser Rechner wird angesehen…',
  opening: 'Diese Seite wird geöffnet…',
  lostTitle: 'Freeholds Kern antwortet nicht',
  lostText: 'Was hier steht, kann veraltet sein. Die Nodes sind nicht betroffen. Diese Seite versucht es von selbst wieder.',
  expiredTitle: 'Dieser Link wurde schon benutzt oder ist abgelaufen',
  expiredText: 'Jeder Link öffnet Freehold ein einziges Mal. Diesen Befehl noch einmal ausführen und den Link öffnen, den er ausgibt.',
  expiredCommand: 'freehold serve',
  messages: 'Meldungen',
  notices: 'Wissenswertes',
  quit: {
    title: 'Nodes weiterlaufen lassen?',
    text: (count) => plural(count, {
      one: 'Eine Node läuft. Sie kann ohne dieses Fenster weiterlaufen.',
      other: `${count} Nodes laufen. Sie können ohne dieses Fenster weiterlaufen.`,
    }),
    keep: 'Weiterlaufen lassen',
    stop: 'Anhalten und beenden',
    note: 'Angehalten wird sauber: Jede Node schreibt zuerst ihren Stand auf den Datenträger. Bei einer großen kann das mehrere Minuten dauern.',
    settingHint: 'In den Einstellungen lässt sich das ein für alle Mal festlegen.',
  },
};
