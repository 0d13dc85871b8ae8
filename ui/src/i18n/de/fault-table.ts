// The words of every fault. `todo` is absent where the window has steps of its own (faults/presentation.ts).
import type { Words } from '../text';
import { walletFaults } from './fault-table-wallets';

export const table: Words['faults']['table'] = {
  'engine-missing': {
    title: 'Keine Container-Engine gefunden',
    why: 'Freehold lässt Nodes in Containern laufen und hat auf diesem Rechner weder Docker noch Podman gefunden ({looked_at}).',
    todo: 'Docker oder Podman installieren, starten und noch einmal prüfen.',
  },
  'engine-permission': {
    title: 'Die Container-Engine lässt diesen Benutzer nicht herein',
    why: '{address} ist da, aber Benutzer {user} darf es nicht öffnen.',
    todo: '`sudo usermod -aG docker {user}` ausführen, ab- und wieder anmelden und noch einmal prüfen. Mitglieder dieser Gruppe können auf diesem Rechner wie root handeln.',
  },
  'engine-unreachable': {
    title: 'Die Container-Engine antwortet nicht',
    why: '{address}: {reason}.',
    todo: 'Die Engine starten (zum Beispiel `sudo systemctl start docker`). Freehold macht von selbst weiter, sobald sie antwortet; die Nodes behalten ihre Daten.',
  },
  'engine-too-old': {
    title: 'Die Container-Engine ist zu alt',
    why: 'Gefunden wurde Version {version}; Freehold braucht Docker 20.10 oder Podman 4.3.',
    todo: 'Die Engine aktualisieren und noch einmal prüfen.',
  },
  'engine-refused': {
    title: 'Die Container-Engine hat eine Anfrage abgelehnt',
    why: '{operation}: {reason}.',
    todo: 'Den Grund oben ansehen. Nennt er eine Grenze dieses Rechners, diese ändern und es noch einmal versuchen.',
  },
  'engine-setup-failed': {
    title: 'Die Container-Engine konnte nicht eingerichtet werden',
    why: '{reason}.',
    todo: 'Die Befehle der Anleitung in einem Terminal ausführen, wo alles zu sehen ist, was sie sagen. Diese Seite macht von selbst weiter, sobald die Engine antwortet.',
  },
  'registry-unreachable': {
    title: 'Die Registry der Images ist nicht zu erreichen',
    why: '{registry} hat nicht geantwortet: {reason}.',
    todo: 'Das Netz dieses Rechners prüfen und es noch einmal versuchen. Was die Engine schon geladen hat, bleibt erhalten, wo sie das kann.',
  },
  'image-missing': {
    title: 'Die Registry hat dieses Image nicht',
    why: '{image} wurde auf {registry} nicht gefunden.',
    todo: 'Der Herausgeber hat es vielleicht entfernt. Freeholds Katalog aktualisieren oder im eigenen Katalogordner eine andere Quelle nennen.',
  },
  'image-digest-mismatch': {
    title: 'Das Image ist nicht das, das der Katalog nennt',
    why: 'Erwartet wurde {expected}, die Engine hat {found}. Nichts wurde gestartet.',
    todo: 'Diese Registry nicht benutzen, solange der Grund nicht klar ist. Das Image aus der Engine entfernen und eine andere Quelle versuchen.',
  },
  'image-platform': {
    title: 'Das Image läuft nicht auf einem Rechner dieser Art',
    why: 'Die Engine läuft auf {platform}; das Image gibt es für {offered}.',
    todo: 'Einen Rechner einer dieser Arten benutzen.',
  },
  'pull-failed': {
    title: 'Das Image konnte nicht geladen werden',
    why: '{image}: {reason}.',
    todo: 'Noch einmal versuchen. Scheitert es an derselben Stelle, den freien Platz der Engine prüfen.',
  },
  'disk-too-small': { title: 'Der Datenträger ist zu klein für diese Node', why: 'In {path} sind {available} frei; {needed} werden gebraucht.', todo: null },
  'disk-full': {
    title: 'Der Datenträger ist voll',
    why: 'In {path} sind {available} frei.',
    todo: 'Platz schaffen und wieder starten; nichts ging verloren.',
  },
  'port-in-use': {
    title: 'Ein Port, den die Node braucht, ist belegt',
    why: 'Port {port} auf {address} wird von {owner} benutzt.',
    todo: 'Jenes Programm beenden oder der Node einen anderen Port geben.',
  },
  'clock-skew': {
    title: 'Die Uhr dieses Rechners geht falsch',
    why: 'Sie weicht um {skew} von der Zeit ab, die {source} nennt. Bei falscher Uhr lehnen Nodes Blöcke ab.',
    todo: 'Die Zeit aus dem Netz einschalten (`sudo timedatectl set-ntp true`) und es noch einmal versuchen.',
  },
  'data-dir-owner': { title: 'Der Datenordner gehört jemand anderem', why: '{path} gehört {owner}; die Node liefe als {user} und könnte dort nicht schreiben.', todo: null },
  'data-dir-unusable': { title: 'Der Datenordner lässt sich nicht benutzen', why: '{path}: {reason}.', todo: null },
  'data-dir-in-use': { title: 'Eine andere Node benutzt diesen Datenordner', why: '{path} gehört zur Node {owner}. Zwei Nodes in einem Ordner würden ihn zerstören.', todo: null },
  'already-running': {
    title: 'Freehold läuft mit diesem Datenordner schon',
    why: 'Prozess {pid} hält {path} und antwortet nicht auf Befehle.',
    todo: 'Jenes Fenster benutzen, den Prozess beenden oder mit `--data-dir` einen anderen Ordner wählen.',
  },
  'newer-data': {
    title: 'Der Datenordner stammt von einem neueren Freehold',
    why: '{path} hat Version {found}; dieses Programm kennt {known}. Nichts wurde geändert.',
    todo: 'Freehold aktualisieren oder mit `--data-dir` einen anderen Ordner wählen.',
  },
  'store-failed': {
    title: 'Freehold konnte seinen eigenen Ordner nicht lesen oder beschreiben',
    why: '{path}: {reason}.',
    todo: 'Prüfen, ob der Ordner da ist, dem eigenen Benutzer gehört und der Datenträger nicht voll ist.',
  },
  'settings-corrupt': {
    title: 'Die Einstellungsdatei war nicht zu lesen und wurde beiseitegelegt',
    why: '{path} ist nicht gültig ({reason}); sie ist als {kept} aufbewahrt. Es gelten die Vorgaben.',
    todo: 'Das Nötige neu einstellen oder die aufbewahrte Datei richten und zurücklegen.',
  },
  'bad-request': { title: 'Die Anfrage war nicht zu verstehen', why: '{reason}.', todo: null },
  'confirmation-needed': { title: 'Das braucht eine Zustimmung', why: '{what}.', todo: null },
  'not-supported': { title: 'Das ist hier nicht möglich', why: '{what}.', todo: 'In der Anleitung steht, was dieses System unterstützt.' },
  'timed-out': {
    title: 'Es hat zu lange gedauert',
    why: '{what} wurde nicht in {limit} fertig. Es geht im Hintergrund weiter.',
    todo: 'Status und Log der Node ansehen.',
  },
  internal: {
    title: 'Freehold hat einen Fehler gemacht',
    why: '{reason}. Das ist ein Fehler im Programm.',
    todo: 'Bitte mit der Logdatei aus Freeholds Ordner melden.',
  },
  'catalog-invalid': {
    title: 'Eine Katalogdatei ist nicht gültig',
    why: '{file}, Zeile {line}: {reason}.',
    todo: 'Die Datei richten und dann `freehold catalog check` auf ihrem Ordner ausführen.',
  },
  'client-unknown': { title: 'Diesen Katalogeintrag gibt es nicht', why: '`{client}` steht nicht im Katalog. Bekannt: {known}.', todo: null },
  'network-unknown': { title: 'Dieser Client kennt das Netzwerk nicht', why: '`{network}` ist keines von {known}.', todo: null },
  'option-invalid': { title: 'Eine Option kann diesen Wert nicht haben', why: '`{option}`: {reason}.', todo: null },
  'client-unavailable': { title: 'Freehold installiert diesen Client nicht', why: '{what}', todo: null },
  'entry-expired': { title: 'Der Katalogeintrag ist abgelaufen', why: '{what}', todo: null },
  'release-halted': {
    title: 'Diese Version hat planmäßig angehalten',
    why: '{client} {version} hält bei Block {height} an, damit niemand einer veralteten Chain folgt.',
    todo: null,
  },
  'node-needed': { title: 'Andere Nodes brauchen diese', why: '{node} wird gebraucht von {others}.', todo: 'Zuerst jene entfernen oder anhalten.' },
  'need-unmet': { title: 'Eine Node, die diese braucht, lässt sich nicht benutzen', why: '{what}', todo: null },
  'nothing-to-update': {
    title: 'Es gibt nichts Neueres',
    why: '{node} läuft mit der Version aus dem Katalog.',
    todo: 'Neuere Katalogeinträge kommen mit einer Aktualisierung von Freehold.',
  },
  'rollback-impossible': { title: 'Es gibt keinen Weg zurück zur vorigen Version', why: '{what}', todo: null },
  'update-failed': { title: 'Die neue Version ging nicht und wurde zurückgenommen', why: '{node}: {reason}. Die vorige Version läuft wieder.', todo: null },
  'disk-nearly-full': {
    title: 'Der Datenträger ist fast voll',
    why: 'In {path} sind noch {available} frei. Die Node wurde angehalten, solange ihre Datenbank heil ist.',
    todo: null,
  },
  'move-failed': {
    title: 'Die Daten konnten nicht verschoben werden',
    why: '{path}: {reason}. Der alte Ordner ist vollständig und in Gebrauch.',
    todo: 'Die Ursache beheben und noch einmal verschieben; was schon kopiert ist, wird nicht noch einmal kopiert.',
  },
  'database-version': {
    title: 'Die Daten wurden von einer anderen Version geschrieben',
    why: '{service} sagt: {last_words}.',
    todo: 'Die Version benutzen, die sie geschrieben hat, oder die Daten löschen und neu synchronisieren.',
  },
  'cpu-unsupported': {
    title: 'Diesem Prozessor fehlen Befehle, die die Node braucht',
    why: '{service} endete an einem unzulässigen Befehl.',
    todo: 'Einen Rechner mit neuerem Prozessor oder einen anderen Client derselben Chain benutzen.',
  },
  'node-unknown': { title: 'Diese Node gibt es nicht', why: '`{node}` ist keine der eigenen Nodes. Bekannt: {known}.', todo: null },
  'node-exists': { title: 'Eine Node dieses Namens gibt es schon', why: '`{node}` ist vorhanden.', todo: null },
  'node-busy': {
    title: 'Die Node wird gerade entfernt',
    why: '`{node}` nimmt keine Befehle an, bis das erledigt ist.',
    todo: 'Warten, bis sie entfernt ist.',
  },
  'node-changing': { title: 'Die Node wird gerade geändert', why: '{node} {what}.', todo: 'Warten, bis das fertig ist, und es noch einmal versuchen.' },
  'node-crashed': {
    title: 'Die Node hat sich von selbst beendet',
    why: '{service} endete mit Code {code}. Die letzten Worte: {last_words}.',
    todo: 'Im Log nach der Ursache sehen.',
  },
  'node-out-of-memory': {
    title: 'Der Node ging der Arbeitsspeicher aus',
    why: 'Das System hat {service} beendet, weil der Arbeitsspeicher knapp wurde.',
    todo: 'Andere Programme schließen oder der Node einen kleineren Cache geben (`dbcache`), dann wieder starten.',
  },
  'node-bad-database': {
    title: 'Die Node kann ihre Datenbank nicht lesen',
    why: '{service} sagt: {last_words}.',
    todo: 'Einmal neu starten. Sagt sie es wieder, müssen die Daten neu aufgebaut werden; im Log steht, wie.',
  },
  'node-needs-reindex': { title: 'Für die gewählten Optionen müssen die Daten neu aufgebaut werden', why: '{service} sagt: {last_words}.', todo: null },
  'node-auth-failed': {
    title: 'Die Node lehnt Freeholds Passwort ab',
    why: 'Das für {node} aufbewahrte Passwort ist nicht das, mit dem sie gestartet wurde.',
    todo: 'Die Node neu starten; Freehold gibt ihr das Passwort dann noch einmal.',
  },
  'wrong-chain': {
    title: 'Die Node folgt einer anderen Chain',
    why: 'Erwartet wurde {expected}, gefunden {found}.',
    todo: 'Keine Wallet auf sie richten. Ihr Datenordner gehört vielleicht zu einem anderen Netzwerk oder einer Abspaltung.',
  },
  'attach-failed': {
    title: 'Die Node lässt sich nicht beobachten',
    why: '{endpoint}: {reason}.',
    todo: 'Adresse, Benutzer und Passwort prüfen, und ob die Node auf diesem Rechner läuft.',
  },
  ...walletFaults,
};
