// The first page: the engine, the disk for chain data, the doors; and the disks wherever they are chosen.
import type { EngineSetupState, EngineSituation } from '../../ipc/generated';

const kinds: Record<string, string> = { ssd: 'SSD', hdd: 'Hard disk', removable: 'Removable', network: 'Network', unknown: 'Kind not known' };

export const disks = {
  legend: 'Disk for chain data',
  kind: (kind: string) => kinds[kind] ?? kind,
  /** What the kind means for a chain; nothing where it is as it should be. */
  kindNotes: {
    hdd: 'The first sync takes days rather than hours on a hard disk.',
    removable: 'Stays usable only while it is plugged in.',
    network: 'Slow, and databases can be damaged there. Not recommended.',
  } as Record<string, string>,
  free: (free: string, total: string) => `${free} free of ${total}`,
  folder: 'Folder',
  own: 'Freehold’s own folder',
  inUse: 'In use',
  fits: 'What fits',
  whole: (name: string) => `${name}: all of it fits`,
  part: (name: string) => `${name}: fits without old blocks`,
  none: (name: string) => `${name}: does not fit`,
  measure: 'Measure speed',
  measureOf: (place: string) => `Measure speed of ${place}`,
  measuring: 'Measuring…',
  speed: (write: string, reads: string) => `${write} written, ${reads} small reads a second`,
  /** Judged by small reads a second, which bound a first sync. */
  verdicts: { fast: 'Fast enough for any chain', fair: 'Good enough for a first sync of some days', slow: 'Too slow for a large chain' },
  mend: 'This makes it usable:',
  lookAgain: 'Look again',
  loading: 'Looking at the disks…',
};

export const start = {
  steps: { engine: 'Container engine', disk: 'Where chain data goes', doors: 'What to build' },
  stepDone: 'Done',
  stepOpen: 'To do',
  engine: {
    answers: (name: string) => `${name} answers.`,
    details: 'Details',
    looking: 'Looking for one…',
    headings: {
      missing: 'Nodes run in closed boxes, and the program for that is missing',
      stopped: 'A container engine is installed and does not run',
      denied: 'A container engine runs and does not let you in',
    } satisfies Record<EngineSituation, string>,
    leads: {
      missing: 'A container engine such as Docker or Podman starts, stops and takes away each node without a trace. This gets one on your system.',
      stopped: 'It has to be started once. This does it.',
      denied: 'Your user needs the right to use it. This gives it.',
    } satisfies Record<EngineSituation, string>,
    unknownHeading: 'The container engine does not answer',
    green: 'This page goes green by itself once the engine answers.',
    offer: 'Let Freehold do it',
    offerLead: 'Exactly this would run:',
    consent: 'Run these commands on my computer',
    run: 'Run now',
    starting: 'Starting…',
    runHint: 'Tick the box first: nothing runs without your consent.',
    byHand: 'Or do it yourself in a terminal',
    inTerminal: 'Run this in a terminal',
    states: {
      running: 'Running. If your system asks for a password, look for its window.',
      waiting: 'Every command ended well. Waiting for the engine…',
      done: 'The engine is set up.',
      failed: 'It did not work.',
    } satisfies Record<EngineSetupState, string>,
    ended: (done: number, all: number) => `${done} of ${all} done`,
    output: 'What the commands say',
    noOutput: 'Nothing yet.',
  },
  disk: {
    lead: 'Each node gets a folder of its own there. You can choose otherwise for each node, and move it later.',
    chosen: (place: string, free: string) => `${place}, ${free} free`,
    change: 'Choose another disk',
    saved: (folder: string) => `New chain data goes to ${folder} from now on.`,
  },
  ethereum: {
    title: 'Ethereum for my wallet',
    text: 'Two programs that check the chain together. Your wallet asks them, and nobody else.',
    disk: (size: string) => `${size} of disk`,
    memory: (size: string) => `${size} of memory`,
  },
  verdict: {
    fits: 'Fits this machine',
    fitsWhole: 'Fits; all blocks would fit too',
    fitsLess: (size: string) => `Fits only with less history, from ${size}`,
    disk: (wanted: string, free: string, place: string) => `Does not fit: wants ${wanted} with a tenth to spare; ${place} has ${free} free`,
    memory: (needed: string, has: string) => `Wants ${needed} of memory; this machine has ${has}`,
    unknown: 'Whether it fits is not known',
  },
  sync: (range: string) => `First sync: ${range}`,
  syncHere: (range: string) => `First sync on this disk: ${range}`,
  practice: {
    heading: 'Only trying things out?',
    text: 'Practice mode is a private chain on this machine: no sync, no space, no real money. Every button works, in two minutes.',
    bitcoin: 'Practise with Bitcoin',
    ethereum: 'Practise with Ethereum',
    clean: 'Erase it whenever you like; nothing else is touched.',
  },
  needsEngine: 'You can look around already; installing needs the engine.',
};

export const fixes = {
  option: (option: string, value: string) => `${option}: choose “${value}”`,
  both: (first: string, second: string) => `${first}; ${second}`,
  off: (option: string) => `Turn off “${option}”`,
  on: (option: string) => `Turn on “${option}”`,
  folder: (place: string, free: string) => `Use ${place} (${free} free)`,
  port: (port: string) => `Use port ${port} instead`,
  need: (client: string) => `Install a new ${client} for it`,
  engine: 'Get the container engine',
  done: (what: string) => `Changed: ${what}. Checking again.`,
  label: 'Ways to mend it',
};

export const underway = {
  text: (name: string) => `“${name}” is being installed right now.`,
  see: 'See its progress',
};
