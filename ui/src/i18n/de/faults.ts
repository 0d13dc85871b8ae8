// What went wrong, for somebody who looks at a window. The table of all codes stands beside.
import type { Words } from '../text';
import { table } from './fault-table';

export const faults: Words['faults'] = {
  why: 'Warum',
  steps: 'Was zu tun ist',
  code: 'Code',
  table,
  local: {
    hostSilent: 'Der Dienst von Freehold antwortet nicht',
    sessionExpired: 'Die Sitzung ist abgelaufen',
    status: (code) => `HTTP-Status ${code}`,
  },
  window: {
    chooseFolder: 'Einen anderen Ordner für die Blockchain-Daten wählen.',
    chooseDisk: 'Einen Ordner auf einem anderen Datenträger wählen oder nur die neuesten Blöcke behalten (Speicherung: beschnitten).',
    giveFolder: (user, path) => `Einen anderen Ordner wählen oder ihn diesem Benutzer geben: \`sudo chown -R ${user} ${path}\`.`,
    confirm: 'Das Kästchen ankreuzen, das die Zustimmung ausdrückt.',
    seeCatalog: 'Den Katalog öffnen und dort einen Eintrag wählen.',
    seeOptions: 'Den Wert ändern; sein Bereich steht daneben.',
    chooseName: 'Einen anderen Namen wählen.',
    seeNodes: 'Die Liste der Nodes öffnen.',
    seeWallets: 'Die Liste der Wallets öffnen.',
    seeHistory: 'Im Verlauf der Wallet nachsehen, was getan wurde.',
    chooseNode: 'Eine Node desselben Netzwerks wählen.',
    changeNode: 'Freehold die Node wie gezeigt ändern lassen oder trotzdem umstellen.',
    giveNewPassword: 'Auf der Seite der Node ein neues Passwort geben.',
    setOptionsBack: 'Die Optionen zurücksetzen oder die Node mit ihren Daten löschen und neu installieren.',
    seeInstead: 'Auf der Seite im Katalog steht, was stattdessen geht.',
    newerEntry: 'Freehold aktualisieren oder eine neuere Version des Clients in den eigenen Katalogordner legen.',
    updateNode: 'Die Node in ihrem Teil „Version“ aktualisieren. Steht im Katalog keine neuere, zuerst Freehold aktualisieren.',
    chooseNeeded: 'Unter „Braucht“ eine andere Node wählen oder Freehold eine installieren lassen.',
    olderVersion: 'Für eine ältere Version die Daten löschen und jene Version installieren.',
    readCrash: 'Vor einem neuen Versuch unter „Abstürze“ das Log des gescheiterten Starts lesen.',
    makeRoom: 'Platz schaffen, weniger Blöcke behalten (Speicherung: beschnitten) oder die Daten auf einen anderen Datenträger verschieben. Sobald Platz ist, geht es von selbst weiter.',
    report: 'Das ist ein Fehler in Freehold. Bitte mit der Logdatei aus Freeholds Ordner melden.',
  },
};
