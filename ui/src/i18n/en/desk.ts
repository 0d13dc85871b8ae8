// What belongs to the desk that the window stands on: what was done and a file of it, the support bundle, registries,
// the start at login, the end.

/** The filters of the activity and its export. */
export const timeline = {
  filters: 'Filters',
  subject: 'About',
  anySubject: 'Every node and wallet',
  search: 'Search',
  searchHelp: 'In sentences, names and values',
  time: 'When',
  times: { any: 'Any time', day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days', between: 'Between two days' } as Record<string, string>,
  from: 'From',
  to: 'To',
  clear: 'Clear filters',
  older: 'Show older entries',
  loadingOlder: 'Loading…',
  end: 'That is everything.',
  shown: (count: string) => `${count} shown`,
  nothing: 'Nothing fits',
  nothingText: 'No entry fits all of these filters.',
  changed: 'What changed',
  none: 'nothing',
  became: 'became',
  save: 'Save as',
  formats: { json: 'JSON', csv: 'CSV table' } as Record<string, string>,
  saveHelp: 'Every entry that fits the filters, also those not shown yet.',
  savedTo: (path: string) => `Saved to ${path}`,
  downloaded: (name: string) => `${name} was downloaded`,
};

/** The support bundle. */
export const support = {
  heading: 'Support bundle',
  lead: 'What somebody who helps you needs to know. Nothing is sent: you see it, you save it, you decide who gets it.',
  hidden: 'Passwords, keys, your name, this machine’s name, home folders, mail and public addresses are hidden. Files of wallets are never part of it.',
  show: 'Show what it holds',
  gathering: 'Gathering…',
  again: 'Gather again',
  save: 'Save this bundle',
  saving: 'Saving…',
  summary: (files: string, size: string, hidden: string) => `${files} files, ${size}, ${hidden} things hidden.`,
  files: 'Files in the bundle',
  content: (name: string) => `Content of ${name}`,
  empty: 'This file is empty.',
};

/** Registries. */
export const registries = {
  heading: 'Registries',
  lead: 'Where images of nodes come from. The engine asks them, only when you install or update.',
  mirrors: 'Freehold uses the registry that the catalog names. A registry of your own can be named in your own catalog folder.',
  host: 'Registry',
  of: 'Images of',
  reached: 'Last reached',
  never: 'Not asked on this machine yet',
  ago: (span: string) => `Reached ${span}`,
  failed: (span: string) => `Could not be reached ${span}`,
  used: (nodes: string) => `Used by ${nodes}`,
  more: (count: string) => `and ${count} more`,
  list: (names: readonly string[]) => names.join(', '),
};

/** What belongs to the system: the start at login, new versions. */
export const system = {
  heading: 'Start',
  login: 'Start when I log in',
  loginHelp: 'In the tray, without a window. The system keeps this setting; Freehold asks it each time.',
  loginElsewhere: 'Can be set in Freehold’s own window. Here, in a browser, there is nothing to start.',
  loginOther: 'Not for a Freehold that was given another folder.',
  asking: 'Asking the system…',
  dataDisk: 'Disk for chain data of new nodes',
  releases: 'New versions',
  releasesText: 'Freehold asks no server whether there is a newer version. New releases come the way this one came: from the package source or the page you got it from. What changed stands in its release notes.',
  catalogText: 'When the catalog names a newer release of a node, that is announced on the node’s page and, if you want it, on the desktop. Nothing is updated unless you say so, or set the node to update by itself.',
};

/** What the quit question tells. */
export const quitting = {
  goesOn: 'Goes on without Freehold',
  goesOnText: 'Your nodes, and every wallet that uses one.',
  rests: 'Rests until Freehold is back',
  restsText: 'Notifications, rules for battery, metered network and hours, the watch over full disks, and changes that wait for a wallet to close.',
  hide: 'Hide in the tray',
  remember: 'Do the same next time without asking',
};
