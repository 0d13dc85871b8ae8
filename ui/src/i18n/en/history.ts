// How things went: curves of a node and of the machine, and crashes.

export const history = {
  heading: 'History',
  range: 'Time',
  ranges: { '24': '24 hours', '720': '30 days' } as Record<string, string>,
  rangeWords: { '24': 'the last 24 hours', '720': 'the last 30 days' } as Record<string, string>,
  service: 'Service',
  allServices: 'All together',
  none: 'Nothing was recorded in this time.',
  loading: 'Reading the history…',
  machine: 'How the machine went',
  charts: {
    percent: 'Synced',
    height: 'Block height',
    peers: 'Peers',
    cpu: 'CPU',
    memory: 'Memory',
    disk: 'Disk',
    net: 'Network',
    io: 'Disk traffic',
  },
  lines: { in: 'received', out: 'sent', read: 'read', write: 'written' },
  summary: (name: string, range: string, low: string, high: string, last: string) =>
    `${name} in ${range}: between ${low} and ${high}, ${last} at the end`,
  time: 'Time',
  table: (name: string) => `${name} as a table`,
  noValue: 'no figure',
};

export const crashes = {
  heading: 'Crashes',
  count: (n: number) => (n === 1 ? 'It ended by itself once' : `It ended by itself ${n} times`),
  lines: (n: number) => (n === 1 ? 'Its last line' : `Its last ${n} lines`),
  noLines: 'It wrote nothing.',
  region: (service: string, at: string) => `Last lines of ${service}, ${at}`,
};
