// The container engine: looking for it, getting one, losing it; and the first page after it was found.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('de');
const kinds: Record<string, string> = { docker: 'Docker', podman: 'Podman' };
const kindName = (kind: string | null) => (kind === null ? 'Engine' : (kinds[kind] ?? kind));

export const engine: Words['engine'] = {
  states: { looking: 'Wird gesucht…', connected: 'Verbunden', down: 'Antwortet nicht' },
  kindName,
  chip: (kind, version) => [kindName(kind), version?.split('.').slice(0, 2).join('.')].filter(Boolean).join(' '),
  chipState: { looking: 'wird gesucht…', connected: 'verbunden', down: 'antwortet nicht' },
  chipLabel: (name, state) => `Container-Engine: ${name}, ${state}`,
  rootless: 'ohne Root',
  heading: 'Zuerst eins: eine Container-Engine',
  lead: 'Eine Engine wie Docker oder Podman lässt jede Node in einer eigenen, geschlossenen Kiste laufen. So lässt sie sich starten, anhalten und spurlos entfernen.',
  lookingHeading: 'Eine Container-Engine wird gesucht',
  lookingText: 'Freehold versucht jede Stelle, an der eine antworten könnte. Das dauert ein paar Sekunden.',
  foundHeading: 'Die Engine antwortet',
  foundText: (name) => `${name} ist verbunden. Mehr braucht es nicht.`,
  goOn: 'Weiter',
  guideFor: (system) => `Unter ${system}`,
  noGuide: 'Docker oder Podman mit den Werkzeugen des Systems installieren, starten und noch einmal prüfen.',
  runInTerminal: 'Jede Zeile in ein Terminal kopieren. Diese Seite wird von selbst grün, sobald die Engine antwortet.',
  lookedAt: (count) => `Wo Freehold gesucht hat (${count})`,
  lostTitle: 'Die Container-Engine antwortet nicht',
  lostText: 'Bis sie wieder da ist, weiß niemand, wie es den Nodes geht. Ihre Daten sind sicher, und diese Seite erholt sich von selbst.',
  how: 'Was zu tun ist',
  address: 'Adresse',
  version: 'Version',
  api: 'API',
  mode: 'Betriebsart',
  modeRoot: 'Systemdienst',
  shares: 'auf diesem Rechner selbst',
  virtual: 'in einer virtuellen Maschine',
};

export const welcome: Words['welcome'] = {
  heading: 'Eigener Grund und Boden',
  lead: 'Was soll darauf entstehen? Alles lässt sich später anhalten, verschieben und zurücknehmen.',
  anotherHeading: 'Eine Node hinzufügen',
  bitcoin: {
    title: 'Bitcoin für meine Wallet',
    text: 'Eine Node, die jeden Block prüft und die neuesten behält. Die Wallet fragt sie und sonst niemanden.',
    facts: (disk, sync) => [disk, sync],
    disk: (size) => `${size} Speicherplatz`,
  },
  practice: {
    title: 'Übungsmodus',
    text: 'Eine private Chain auf diesem Rechner, um jeden Knopf auszuprobieren. Keine Chain wird geladen, kein echtes Geld ist im Spiel.',
    facts: ['Fast kein Speicherplatz', 'Zwei Minuten'],
  },
  choose: {
    title: 'Selbst wählen',
    text: 'Jede Node im Katalog, jedes Netzwerk, jede Option.',
    facts: (count) => [plural(count, { one: 'Bisher ein Eintrag', other: `${count} Einträge` }), 'Alle ihre Netzwerke'],
  },
  recommended: 'Damit fangen die meisten an',
  promise: 'Freehold hat kein Konto und keinen Server. Es spricht mit der Engine, den Registries, aus denen geladen wird, und den eigenen Nodes.',
};
