// The container engine: looking for it, getting one, losing it; and the first page after it was found.
import type { EngineState } from '../../ipc/generated';

const states: Record<EngineState, string> = { looking: 'Looking…', connected: 'Connected', down: 'Not answering' };
const kinds: Record<string, string> = { docker: 'Docker', podman: 'Podman' };
const kindName = (kind: string | null) => (kind === null ? 'Engine' : (kinds[kind] ?? kind));

export const engine = {
  states,
  kindName,
  chip: (kind: string | null, version: string | null) => [kindName(kind), version?.split('.').slice(0, 2).join('.')].filter(Boolean).join(' '),
  chipState: { looking: 'looking…', connected: 'connected', down: 'not answering' } satisfies Record<EngineState, string>,
  chipLabel: (name: string, state: string) => `Container engine: ${name}, ${state}`,
  rootless: 'without root',
  heading: 'One thing first: a container engine',
  lead: 'An engine such as Docker or Podman runs each node in a closed box of its own, so that it can be started, stopped and taken away without a trace.',
  lookingHeading: 'Looking for a container engine',
  lookingText: 'Freehold tries every place where one may listen. This takes a few seconds.',
  foundHeading: 'The engine answers',
  foundText: (name: string) => `${name} is connected. Nothing else is needed.`,
  goOn: 'Go on',
  guideFor: (system: string) => `On ${system}`,
  noGuide: 'Install Docker or Podman with your system’s own tools, start it, and check again.',
  runInTerminal: 'Copy each line into a terminal. This page turns green by itself once the engine answers.',
  lookedAt: (count: number) => `Where Freehold looked (${count})`,
  lostTitle: 'The container engine does not answer',
  lostText: 'Nobody can say how your nodes are until it is back. Their data is safe, and this page recovers by itself.',
  how: 'What to do',
  address: 'Address',
  version: 'Version',
  api: 'API',
  mode: 'Mode',
  modeRoot: 'system service',
  shares: 'shares this machine',
  virtual: 'in a virtual machine',
};

export const welcome = {
  heading: 'Your own ground',
  lead: 'Choose what to build on it. Everything can be stopped, moved and taken back later.',
  anotherHeading: 'Add a node',
  bitcoin: {
    title: 'Bitcoin for my wallet',
    text: 'A node that checks every block and keeps the newest. Your wallet asks it, and nobody else.',
    facts: (disk: string, sync: string) => [disk, sync],
    disk: (size: string) => `${size} of disk`,
  },
  practice: {
    title: 'Practice mode',
    text: 'A private chain on this machine, to try every button. No download of a chain, no real money.',
    facts: ['Next to no disk', 'Two minutes'],
  },
  choose: {
    title: 'Choose myself',
    text: 'Every node in the catalog, every network, every option.',
    facts: (count: number) => [count === 1 ? 'One entry so far' : `${count} entries`, 'All their networks'],
  },
  recommended: 'Most people start here',
  promise: 'Freehold has no account and no server. It contacts your engine, the registries that you pull from, and your own nodes.',
};
