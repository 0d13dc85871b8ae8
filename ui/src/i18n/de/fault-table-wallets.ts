// The words of the faults of wallets and endpoints.
import type { Words } from '../text';

const untouched = 'Die Datei der Wallet wurde nicht angerührt.';

export const walletFaults = {
  'wallet-unknown': { title: 'Diese Wallet gibt es nicht', why: '`{wallet}` kann Freehold nicht umstellen. Bekannt: {known}.', todo: null },
  'wallet-not-found': {
    title: 'Die Einstellungen der Wallet wurden nicht gefunden',
    why: '{wallet} bewahrt sie in {path} auf, und das gibt es nicht.',
    todo: 'Die Wallet einmal starten, damit sie ihre Einstellungen anlegt, schließen und es noch einmal versuchen.',
  },
  'wallet-running': {
    title: 'Die Wallet läuft',
    why: '{wallet} ({evidence}) würde die Änderung beim Schließen überschreiben. Nichts wurde geändert.',
    todo: '{wallet} schließen und es noch einmal versuchen.',
  },
  'wallet-file-malformed': {
    title: 'Die Einstellungen der Wallet sind nicht zu lesen',
    why: '{path}: {reason}. Nichts wurde geändert.',
    todo: 'Die Wallet öffnen und sehen, ob sie es kann, oder die Datei richten.',
  },
  'wallet-file-read-only': {
    title: 'Die Einstellungen der Wallet dürfen nicht geschrieben werden',
    why: '{path}: {reason}. Nichts wurde geändert.',
    todo: 'Dem eigenen Benutzer das Schreiben erlauben (`chmod u+w`) und es noch einmal versuchen.',
  },
  'wallet-file-symlink': {
    title: 'Die Einstellungsdatei der Wallet ist eine Verknüpfung',
    why: '{path} zeigt auf {target}. Freehold schreibt nicht durch Verknüpfungen, damit keine andere Datei unversehens geändert wird.',
    todo: 'Die Verknüpfung durch die Datei selbst ersetzen oder die Datei am Ziel von Hand ändern.',
  },
  'wallet-file-changed': {
    title: 'Die Einstellungen der Wallet haben sich währenddessen geändert',
    why: '{path} ist nicht mehr die Datei, die vorgesehen war. Nichts wurde geschrieben.',
    todo: 'Jedes Programm schließen, das sie benutzt, und es noch einmal versuchen.',
  },
  'wallet-protocol': { title: 'Die Wallet kann diesen Endpunkt nicht benutzen', why: '{wallet} spricht {spoken}; der Endpunkt ist {offered}. {reason}', todo: null },
  'wallet-conflict': {
    title: 'Die Wallet würde den neuen Endpunkt nicht benutzen',
    why: '{path}: {reason}. Nichts wurde geändert.',
    todo: 'Das in der Wallet oder ihrer Datei von Hand ändern und dann noch einmal umstellen.',
  },
  'wallet-needs': { title: 'Der Node fehlt, was die Wallet braucht', why: `{lacks} ${untouched}`, todo: null },
  'credential-revoked': { title: 'Der Zugang wurde entzogen', why: '{node} kennt den Benutzer {consumer} nicht mehr: Sein Zugang wurde entzogen.', todo: null },
  'nothing-to-revert': { title: 'Es gibt nichts zurückzustellen', why: 'Freehold hat {wallet} auf {network} nicht umgestellt.', todo: null },
  'wallet-journal': {
    title: 'Die Sicherung konnte nicht geschrieben werden',
    why: `{path}: {reason}. ${untouched}`,
    todo: 'Freien Platz und Rechte von Freeholds Ordner prüfen und es noch einmal versuchen.',
  },
  'endpoint-invalid': { title: 'Das ist kein Endpunkt', why: '`{endpoint}`: {reason}.', todo: 'Zum Beispiel `bitcoin+http://127.0.0.1:8332` angeben.' },
  'endpoint-silent': {
    title: 'Der Endpunkt antwortet nicht',
    why: `{endpoint}: {reason}. ${untouched}`,
    todo: 'Die Node starten, warten, bis sie antwortet, und es noch einmal versuchen.',
  },
  'endpoint-auth': { title: 'Der Endpunkt lehnt das Passwort ab', why: `{endpoint} nimmt den Benutzer {user} nicht an. ${untouched}`, todo: 'Benutzer und Passwort prüfen.' },
  'endpoint-wrong-chain': { title: 'Der Endpunkt ist auf einer anderen Chain', why: `{endpoint}: erwartet wurde {expected}, gefunden {found}. ${untouched}`, todo: null },
  'endpoint-warming-up': {
    title: 'Die Node startet noch',
    why: `{endpoint} sagt: {message}. ${untouched}`,
    todo: 'Warten, bis sie bereit ist, und es noch einmal versuchen.',
  },
  'endpoint-unreadable': {
    title: 'Am Endpunkt antwortet etwas anderes',
    why: `{endpoint}: {reason}. ${untouched}`,
    todo: 'Den Port prüfen: Vielleicht lauscht dort ein anderes Programm.',
  },
} satisfies Partial<Words['faults']['table']>;
