// Changing a node that exists: its settings, its version, the place of its data.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('de');

export const effects: Words['effects'] = {
  words: { none: 'sofort', restart: 'Neustart', reindex: 'neu indizieren', resync: 'neu synchronisieren', never: 'nicht möglich' },
  heads: {
    none: 'Nichts muss neu gestartet werden',
    restart: 'Die Node wird neu gestartet',
    reindex: 'Die Node baut einen Index neu auf',
    resync: 'Die Node synchronisiert von Anfang an neu',
    never: 'Das lässt sich an einer bestehenden Node nicht ändern',
  },
  texts: {
    none: 'Die Änderung gilt ab sofort, und die Node läuft weiter.',
    restart: 'Sie wird sauber angehalten und wieder gestartet. Wallets müssen ein bis zwei Minuten warten.',
    reindex: 'Sie wird angehalten und geht die vorhandenen Blöcke durch. Nichts wird neu geladen, aber es kann Stunden bis Tage dauern.',
    resync: 'Sie wird angehalten, und alles wird neu geladen und geprüft. Wallets müssen warten, bis das fertig ist.',
    never: 'Stattdessen lässt sich eine weitere Node mit dieser Auswahl installieren.',
  },
  becomes: 'wird zu',
  nothing: 'leer',
  hidden: 'verborgen',
};

export const change: Words['change'] = {
  heading: 'Einstellungen',
  lead: 'Was eine Änderung bedeutet, steht da, bevor etwas geschieht.',
  advanced: (n) => `Weitere Optionen (${n})`,
  none: 'An diesem Client lässt sich nichts einstellen.',
  changed: (n) => plural(n, { one: 'Eine Änderung', other: `${n} Änderungen` }),
  undo: 'Zurücknehmen',
  review: 'Folgen ansehen',
  kept: 'Leer lassen, um zu behalten, was jetzt gilt.',
  title: 'Was diese Änderung bedeutet',
  working: 'Die Folgen werden ermittelt…',
  restarts: 'Diese Nodes halten mit an und starten mit',
  consent: 'Die Folgen sind klar, es soll weitergehen',
  confirm: { none: 'Ändern', restart: 'Ändern und neu starten', reindex: 'Ändern und neu indizieren', resync: 'Ändern und neu synchronisieren' },
  done: (name) => `${name} hat die neuen Einstellungen.`,
  nothing: 'Es würde sich nichts ändern.',
};

export const version: Words['version'] = {
  heading: 'Version',
  upToDate: 'Sie läuft mit der Version aus dem Katalog.',
  available: (to) => `${to} ist verfügbar`,
  service: 'Dienst',
  now: 'Jetzt',
  then: 'Danach',
  unresolved: 'Der Digest wird bei der Aktualisierung aus der Registry gelesen.',
  oneWay: 'Es gibt kein Zurück',
  oneWayText: 'Die neue Version verändert die Daten so, dass die alte sie nicht mehr lesen kann. Für den Weg zurück müssten die Daten gelöscht und neu synchronisiert werden.',
  unknown: 'Der Weg zurück ist nicht sicher',
  unknownText: 'Niemand hat geprüft, ob die alte Version die Daten noch lesen kann, wenn die neue sie geschrieben hat.',
  twoWay: 'Die jetzige Version lässt sich danach zurückholen.',
  notes: 'Versionshinweise',
  expires: (date) => `Diese Version gilt bis ${date}.`,
  update: (to) => `Auf ${to} aktualisieren`,
  updateTitle: (name, to) => `${name} auf ${to} aktualisieren?`,
  updateText: 'Das Image wird geholt, während die Node noch läuft. Dann wird sie sauber angehalten, in der neuen Version gestartet und beobachtet; klappt das nicht, kommt die vorige Version zurück.',
  updating: 'Wird vermerkt…',
  updateDone: (name) => `${name} wird aktualisiert.`,
  rollback: (to) => `Zurück zu ${to}`,
  rollbackTitle: (name, to) => `${name} auf ${to} zurücksetzen?`,
  rollbackText: 'Die Node wird sauber angehalten und in der vorigen Version gestartet. Einstellungen und Daten bleiben.',
  rollbackDone: (name) => `${name} kehrt zur vorigen Version zurück.`,
  noRollback: 'Kein Weg zurück',
  consent: 'Mir ist klar, dass es vielleicht kein Zurück gibt',
  phases: {
    fetching: 'Die neue Version wird geholt',
    proving: 'Die neue Version wird erprobt',
  },
  phaseTexts: {
    fetching: 'Die Node läuft derweil weiter.',
    proving: 'Klappt es nicht, kommt die vorige Version von selbst zurück.',
  },
};

export const move: Words['move'] = {
  action: 'Daten verschieben',
  actionHelp: 'In einen Ordner auf einem anderen Datenträger',
  title: (name) => `Daten von ${name} verschieben`,
  from: 'Von',
  to: 'In einen Ordner auf dem neuen Datenträger',
  toHelp: 'Die Daten kommen genau in diesen Ordner: ein neuer oder ein leerer.',
  pick: 'Datenträger dieses Rechners',
  free: (free) => `${free} frei`,
  short: 'zu wenig Platz',
  current: 'dort liegen sie jetzt',
  steps: 'Was geschieht',
  stepList: (size) => [
    'Die Node wird sauber angehalten, und Nodes, die sie brauchen, warten.',
    `${size} werden kopiert, und jede Datei wird geprüft.`,
    'Die Node startet aus dem neuen Ordner.',
    'Erst wenn sie von dort antwortet, wird der alte Ordner gelöscht.',
  ],
  sizeUnknown: 'Ihre Daten',
  safe: 'Geht etwas schief, bleibt der alte Ordner vollständig und in Gebrauch.',
  consent: 'Die Node anhalten, während ihre Daten kopiert werden',
  confirm: 'Daten verschieben',
  busy: 'Wird vermerkt…',
  started: (name) => `Die Daten von ${name} sind unterwegs.`,
  phases: {
    copying: 'Die Daten werden kopiert',
    proving: 'Der neue Ordner wird erprobt',
    erasing: 'Der alte Ordner wird gelöscht',
  },
  phaseTexts: {
    copying: 'Jede Datei wird geprüft, sobald sie da ist. Der alte Ordner bleibt vollständig.',
    proving: 'Die Node startet aus dem neuen Ordner. Der alte bleibt, bis sie antwortet.',
    erasing: 'Die Node läuft aus dem neuen Ordner.',
  },
  of: (done, total) => `${done} von ${total} sind da und geprüft`,
};
