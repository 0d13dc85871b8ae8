// Activity, settings, faults.
import type { ActivityKind } from '../../ipc/generated';

export const activity = {
  heading: 'Activity',
  lead: 'Everything that Freehold did on this machine, newest first.',
  filter: 'Show',
  all: 'Everything',
  kinds: { node: 'Nodes', wallet: 'Wallets', engine: 'Engine', fault: 'Faults', settings: 'Settings' } satisfies Record<ActivityKind, string>,
  none: 'Nothing has happened yet',
  noneText: 'Installs, switches and faults will stand here with their time.',
  noneOfKind: 'Nothing of this kind yet.',
  today: 'Today',
  yesterday: 'Yesterday',
};

export const settings = {
  heading: 'Settings',
  saved: 'Saved',
  save: 'Save',
  saving: 'Saving…',
  look: 'Look',
  theme: 'Colours',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  nodesHeading: 'Nodes',
  chainData: 'Folder for chain data of new nodes',
  chainDataHelp: 'Empty: inside Freehold’s own folder. Nodes that exist stay where they are.',
  quit: 'When Freehold quits',
  quits: {
    ask: 'Ask each time',
    keep: 'Keep nodes running',
    stop: 'Stop nodes first',
  } as Record<string, string>,
  engineHeading: 'Container engine',
  engineAddress: 'Address',
  engineHelp: 'Empty: look for it. Takes unix://, tcp:// and ssh:// addresses.',
  found: 'In use',
  outboundHeading: 'Who is contacted',
  outboundLead: 'Freehold contacts nothing else. No telemetry, no account, no update check.',
  host: 'Host',
  purpose: 'What for',
  by: 'By',
  bys: { engine: 'the engine', node: 'the node', freehold: 'Freehold' } as Record<string, string>,
  noOutbound: 'Nobody. Hosts appear here once you install a node.',
  aboutHeading: 'This installation',
  version: 'Version',
  dataDir: 'Freehold’s folder',
  home: 'Home in which wallets are looked for',
  noticesHeading: 'Things to know',
};

export const faults = {
  why: 'Why',
  steps: 'What to do',
  code: 'Code',
  // The core speaks of its command line; these say the same for somebody who looks at a window.
  window: {
    chooseFolder: 'Choose another folder for the chain data.',
    chooseDisk: 'Choose a folder on another disk, or keep only the newest blocks (storage: pruned).',
    giveFolder: (user: string, path: string) => `Choose another folder, or give it to that user: \`sudo chown -R ${user} ${path}\`.`,
    confirm: 'Tick the box that says you want to go on.',
    seeCatalog: 'Open the catalog and choose an entry from there.',
    seeOptions: 'Change the value; its range stands beside it.',
    chooseName: 'Choose another name.',
    seeNodes: 'Open the list of nodes.',
    seeWallets: 'Open the list of wallets.',
    seeHistory: 'Look at the wallet’s history to see what was done.',
    chooseNode: 'Choose a node of the same network.',
    setOptionsBack: 'Set the options back, or erase the node with its data and install it again.',
    report: 'This is a bug. Report it with the log file from Freehold’s folder.',
  },
};
