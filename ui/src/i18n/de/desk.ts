// What belongs to the desk that the window stands on: what was done and a file of it, the support bundle, registries,
// the start at login, the end.
import type { Words } from '../text';

export const timeline: Words['timeline'] = {
  filters: 'Filter',
  subject: 'Worüber',
  anySubject: 'Alle Nodes und Wallets',
  search: 'Suchen',
  searchHelp: 'In Sätzen, Namen und Werten',
  time: 'Wann',
  times: { any: 'Jederzeit', day: 'Letzte 24 Stunden', week: 'Letzte 7 Tage', month: 'Letzte 30 Tage', between: 'Zwischen zwei Tagen' },
  from: 'Von',
  to: 'Bis',
  clear: 'Filter leeren',
  older: 'Ältere Einträge zeigen',
  loadingOlder: 'Wird geladen…',
  end: 'Das ist alles.',
  shown: (count) => `${count} gezeigt`,
  nothing: 'Nichts passt',
  nothingText: 'Kein Eintrag passt zu allen diesen Filtern.',
  changed: 'Was sich geändert hat',
  none: 'nichts',
  became: 'wurde zu',
  save: 'Speichern als',
  formats: { json: 'JSON', csv: 'CSV-Tabelle' },
  saveHelp: 'Jeder Eintrag, der zu den Filtern passt, auch die noch nicht gezeigten.',
  savedTo: (path) => `Gespeichert in ${path}`,
  downloaded: (name) => `${name} wurde heruntergeladen`,
};

export const support: Words['support'] = {
  heading: 'Hilfspaket',
  lead: 'Was jemand wissen muss, der helfen soll. Nichts wird verschickt: erst ansehen, dann speichern, dann selbst entscheiden, wer es bekommt.',
  hidden: 'Passwörter, Schlüssel, der eigene Name, der Name dieses Rechners, persönliche Ordner, E-Mail- und öffentliche Adressen sind verborgen. Dateien von Wallets gehören nie dazu.',
  show: 'Zeigen, was darin ist',
  gathering: 'Wird gesammelt…',
  again: 'Neu sammeln',
  save: 'Dieses Paket speichern',
  saving: 'Wird gespeichert…',
  summary: (files, size, hidden) => `Dateien: ${files}, ${size}, verborgene Stellen: ${hidden}.`,
  files: 'Dateien im Paket',
  content: (name) => `Inhalt von ${name}`,
  empty: 'Diese Datei ist leer.',
};

export const registries: Words['registries'] = {
  heading: 'Registries',
  lead: 'Woher die Images der Nodes kommen. Die Engine fragt sie, und nur bei einer Installation oder Aktualisierung.',
  mirrors: 'Freehold benutzt die Registry, die der Katalog nennt. Eine eigene Registry lässt sich im eigenen Katalogordner nennen.',
  host: 'Registry',
  of: 'Images von',
  reached: 'Zuletzt erreicht',
  never: 'Von diesem Rechner noch nicht gefragt',
  ago: (span) => `Erreicht: ${span}`,
  failed: (span) => `Nicht erreicht: ${span}`,
  used: (nodes) => `Benutzt von ${nodes}`,
  more: (count) => `und ${count} weitere`,
  list: (names) => names.join(', '),
};

export const system: Words['system'] = {
  heading: 'Start',
  login: 'Beim Anmelden starten',
  loginHelp: 'In der Leiste, ohne Fenster. Diese Einstellung bewahrt das System auf; Freehold fragt es jedes Mal danach.',
  loginElsewhere: 'Lässt sich in Freeholds eigenem Fenster einstellen. Hier im Browser gibt es nichts zu starten.',
  loginOther: 'Nicht für ein Freehold, das einen anderen Ordner bekommen hat.',
  asking: 'Das System wird gefragt…',
  dataDisk: 'Datenträger für die Blockchain-Daten neuer Nodes',
  releases: 'Neue Versionen',
  releasesText: 'Freehold fragt keinen Server, ob es eine neuere Version gibt. Neue Versionen kommen auf demselben Weg wie diese: aus der Paketquelle oder von der Seite, von der sie stammt. Was sich geändert hat, steht in den Versionshinweisen.',
  catalogText: 'Nennt der Katalog eine neuere Version einer Node, steht das auf der Seite der Node und, wenn gewünscht, auf dem Desktop. Aktualisiert wird nur auf ausdrücklichen Wunsch oder wenn die Node so eingestellt ist, dass sie es von selbst tut.',
};

export const quitting: Words['quitting'] = {
  goesOn: 'Läuft ohne Freehold weiter',
  goesOnText: 'Die Nodes und jede Wallet, die eine davon benutzt.',
  rests: 'Ruht, bis Freehold wieder da ist',
  restsText: 'Meldungen, Regeln für Akku, getaktetes Netz und Uhrzeiten, die Wache über volle Datenträger und Änderungen, die darauf warten, dass eine Wallet geschlossen wird.',
  hide: 'In die Leiste legen',
  remember: 'Beim nächsten Mal ohne Frage genauso',
};
