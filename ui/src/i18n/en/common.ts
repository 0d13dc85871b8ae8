// Words that every page uses.
import type { NodeState } from '../../lib/status';

const plural = (count: number, one: string, many: string) => `${count}\u00a0${count === 1 ? one : many}`;

export const units = {
  seconds: (n: number) => `${n}\u00a0s`,
  minutes: (n: number) => `${n}\u00a0min`,
  hours: (n: number) => `${n}\u00a0h`,
  days: (n: number) => plural(n, 'day', 'days'),
  years: (n: string) => (n === '1' ? '1\u00a0year' : `${n}\u00a0years`),
  range: (low: string, high: string) => `${low} to ${high}`,
  under: (limit: string) => `under ${limit}`,
  ago: (span: string) => `${span} ago`,
  now: 'just now',
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
  loading: 'Looking at this machine…',
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
