// Words that every page uses.
import type { NodeState } from '../../lib/status';
import { number } from '../locale';

/** Which of the node's machine or network sets the pace, by the core's word for it. */
const bounds: Record<string, string> = {
  'disk speed': 'disk speed', 'network speed': 'network speed', 'processor speed': 'processor speed', 'too few peers': 'too few peers',
};

export const units = {
  seconds: (n: number) => `${n}\u00a0s`,
  minutes: (n: number) => `${n}\u00a0min`,
  hours: (n: number) => `${n}\u00a0h`,
  days: (n: number) => `${number(n)}\u00a0${n === 1 ? 'day' : 'days'}`,
  years: (n: number) => `${number(n, 0, 1)}\u00a0${n === 1 ? 'year' : 'years'}`,
  /** Bytes and their thousands. */
  bytes: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  binary: { mebi: 'MiB', gibi: 'GiB' },
  perSecond: (amount: string) => `${amount}/s`,
  percent: (n: string) => `${n}\u00a0%`,
  /** `3 h` and `20 min` as one span. */
  two: (large: string, small: string) => `${large} ${small}`,
  bounds,
  range: (low: string, high: string) => `${low} to ${high}`,
  under: (limit: string) => `under ${limit}`,
  ago: (span: string) => `${span} ago`,
  now: 'just now',
  /** Between what something is and what it says. What joins texts brings its own spaces: not every language has any. */
  colon: ': ',
  comma: ', ',
  end: '.',
  space: ' ',
};

export const status: Record<NodeState, string> = {
  pulling: 'Pulling',
  starting: 'Starting',
  syncing: 'Syncing',
  ready: 'Ready',
  degraded: 'Needs a look',
  moving: 'Moving',
  paused: 'Paused',
  stopping: 'Stopping',
  stopped: 'Stopped',
  retrying: 'Trying again',
  failed: 'Failed',
  'wrong-chain': 'Wrong chain',
  expired: 'Expired',
  unknown: 'Unknown',
};

export const actions = {
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Could not be copied',
  copyOf: (what: string) => `Copy ${what}`,
  tryAgain: 'Try again',
  checkAgain: 'Check again',
  checking: 'Checking…',
  openLog: 'Open the log',
  working: 'Working…',
  done: 'Done',
  show: 'Show',
  hide: 'Hide',
  back: 'Back',
  showSecret: (what: string) => `Show: ${what}`,
  hideSecret: (what: string) => `Hide: ${what}`,
  dismiss: 'Dismiss',
};

export const shell = {
  name: 'Freehold',
  skip: 'Skip to the content',
  mainNav: 'Main',
  nodes: 'Nodes',
  catalog: 'Catalog',
  wallets: 'Wallets',
  activity: 'Activity',
  settings: 'Settings',
  help: 'Help',
  loading: 'Looking at this machine…',
  opening: 'Opening this page…',
  lostTitle: 'Freehold’s core does not answer',
  lostText: 'What you see may be out of date. Your nodes are not affected. This page tries again by itself.',
  expiredTitle: 'This link has been used or has expired',
  expiredText: 'Each link opens Freehold once. Run this command again and open the link that it prints.',
  expiredCommand: 'freehold serve',
  messages: 'Messages',
  notices: 'Things to know',
  quit: {
    title: 'Keep your nodes running?',
    text: (count: number) =>
      count === 1 ? 'One node is running. It can go on without this window.' : `${count} nodes are running. They can go on without this window.`,
    keep: 'Keep running',
    stop: 'Stop them and quit',
    note: 'Stopping is clean: each node writes its state to disk first. A large one can take several minutes.',
    settingHint: 'You can make this choice once for all in Settings.',
  },
};
