// The first page: the engine, the disk for chain data, the doors; and the disks wherever they are chosen.
import type { Words } from '../text';

const kinds: Record<string, string> = { ssd: 'SSD', hdd: 'Festplatte', removable: 'Wechselmedium', network: 'Netzlaufwerk', unknown: 'Art nicht bekannt' };

export const disks: Words['disks'] = {
  legend: 'Datenträger für Blockchain-Daten',
  kind: (kind) => kinds[kind] ?? kind,
  kindNotes: {
    hdd: 'Auf einer Festplatte dauert die erste Synchronisation eher Tage als Stunden.',
    removable: 'Nur brauchbar, solange es angesteckt ist.',
    network: 'Langsam, und Datenbanken können dort Schaden nehmen. Nicht zu empfehlen.',
  },
  free: (free, total) => `${free} von ${total} frei`,
  folder: 'Ordner',
  own: 'Freeholds eigener Ordner',
  inUse: 'In Gebrauch',
  fits: 'Was Platz hat',
  whole: (name) => `${name}: passt ganz`,
  part: (name) => `${name}: passt ohne alte Blöcke`,
  none: (name) => `${name}: passt nicht`,
  measure: 'Tempo messen',
  measureOf: (place) => `Tempo von ${place} messen`,
  measuring: 'Wird gemessen…',
  speed: (write, reads) => `${write} geschrieben, ${reads} kleine Lesezugriffe pro Sekunde`,
  verdicts: { fast: 'Schnell genug für jede Chain', fair: 'Gut genug für eine erste Synchronisation von einigen Tagen', slow: 'Zu langsam für eine große Chain' },
  mend: 'So wird er brauchbar:',
  lookAgain: 'Noch einmal nachsehen',
  loading: 'Die Datenträger werden angesehen…',
};

export const start: Words['start'] = {
  steps: { engine: 'Container-Engine', disk: 'Wohin die Blockchain-Daten kommen', doors: 'Was entstehen soll' },
  stepDone: 'Erledigt',
  stepOpen: 'Noch zu tun',
  engine: {
    answers: (name) => `${name} antwortet.`,
    details: 'Einzelheiten',
    looking: 'Eine wird gesucht…',
    headings: {
      missing: 'Nodes laufen in geschlossenen Kisten, und das Programm dafür fehlt',
      stopped: 'Eine Container-Engine ist installiert, läuft aber nicht',
      denied: 'Eine Container-Engine läuft, lässt diesen Benutzer aber nicht herein',
    },
    leads: {
      missing: 'Eine Container-Engine wie Docker oder Podman startet Nodes, hält sie an und entfernt sie spurlos. So kommt eine auf dieses System.',
      stopped: 'Sie muss einmal gestartet werden. Das geht so.',
      denied: 'Dem eigenen Benutzer fehlt das Recht, sie zu benutzen. So bekommt er es.',
    },
    unknownHeading: 'Die Container-Engine antwortet nicht',
    green: 'Diese Seite wird von selbst grün, sobald die Engine antwortet.',
    offer: 'Freehold machen lassen',
    offerLead: 'Genau das würde ausgeführt:',
    consent: 'Diese Befehle auf meinem Rechner ausführen',
    run: 'Jetzt ausführen',
    starting: 'Startet…',
    runHint: 'Zuerst das Kästchen ankreuzen: Ohne Zustimmung wird nichts ausgeführt.',
    byHand: 'Oder selbst in einem Terminal',
    inTerminal: 'Das in einem Terminal ausführen',
    states: {
      running: 'Läuft. Fragt das System nach einem Passwort, tut es das in einem eigenen Fenster.',
      waiting: 'Alle Befehle sind gut ausgegangen. Die Engine muss noch antworten…',
      done: 'Die Engine ist eingerichtet.',
      failed: 'Es hat nicht geklappt.',
    },
    ended: (done, all) => `${done} von ${all} erledigt`,
    output: 'Was die Befehle sagen',
    noOutput: 'Noch nichts.',
  },
  disk: {
    lead: 'Jede Node bekommt dort einen eigenen Ordner. Für jede Node lässt sich anderes wählen und später auch verschieben.',
    chosen: (place, free) => `${place}, ${free} frei`,
    change: 'Anderen Datenträger wählen',
    saved: (folder) => `Neue Blockchain-Daten kommen ab jetzt nach ${folder}.`,
  },
  ethereum: {
    title: 'Ethereum für meine Wallet',
    text: 'Zwei Programme, die gemeinsam die Chain prüfen. Die Wallet fragt sie und sonst niemanden.',
    disk: (size) => `${size} Speicherplatz`,
    memory: (size) => `${size} Arbeitsspeicher`,
  },
  verdict: {
    fits: 'Passt auf diesen Rechner',
    fitsWhole: 'Passt; auch alle Blöcke hätten Platz',
    fitsLess: (size) => `Passt nur mit weniger Vergangenheit, ab ${size}`,
    disk: (wanted, free, place) => `Passt nicht: braucht ${wanted} mit einem Zehntel Reserve; auf ${place} sind ${free} frei`,
    memory: (needed, has) => `Braucht ${needed} Arbeitsspeicher; dieser Rechner hat ${has}`,
    unknown: 'Ob es passt, ist nicht bekannt',
  },
  sync: (range) => `Erste Synchronisation: ${range}`,
  syncHere: (range) => `Erste Synchronisation auf diesem Datenträger: ${range}`,
  practice: {
    heading: 'Nur ausprobieren?',
    text: 'Der Übungsmodus ist eine private Chain auf diesem Rechner: keine Synchronisation, kein Platzbedarf, kein echtes Geld. Jeder Knopf geht, in zwei Minuten.',
    bitcoin: 'Mit Bitcoin üben',
    ethereum: 'Mit Ethereum üben',
    clean: 'Lässt sich jederzeit löschen; sonst wird nichts angetastet.',
  },
  needsEngine: 'Umsehen geht schon; zum Installieren braucht es die Engine.',
};

export const fixes: Words['fixes'] = {
  option: (option, value) => `${option}: „${value}“ wählen`,
  both: (first, second) => `${first}; ${second}`,
  off: (option) => `„${option}“ ausschalten`,
  on: (option) => `„${option}“ einschalten`,
  folder: (place, free) => `${place} benutzen (${free} frei)`,
  port: (port) => `Stattdessen Port ${port} benutzen`,
  need: (client) => `Dafür ${client} neu installieren`,
  engine: 'Container-Engine holen',
  done: (what) => `Geändert: ${what}. Es wird noch einmal geprüft.`,
  label: 'Wege, es zu beheben',
};

export const underway: Words['underway'] = {
  text: (name) => `„${name}“ wird gerade installiert.`,
  see: 'Fortschritt ansehen',
};
