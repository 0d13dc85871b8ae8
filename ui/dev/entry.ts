// Blanks from which the catalog entries of the scenarios are made.
import type { CatalogEntryView, ImageView, OptionView, RequirementView } from '../src/ipc/generated';

export const GB = 1e9;

export const option: OptionView = {
  id: '', label: '', help: '', type: 'switch', default: 'off', min: null, max: null, unit: null, choices: [], example: null,
  networks: [], only_if_option: null, only_if_equals: null, advanced: false,
};

export const need: RequirementView = {
  networks: [], when_option: null, when_equals: null, disk: 1 * GB, disk_option: null, disk_per_month: 0, ram: 1 * GB,
  download: 0, first_sync: 'seconds', as_of: '2026-11-22', source: '',
};

export const image: ImageView = {
  service: '', repository: '', tag: '', digest: null, source: null, when_option: null, when_equals: null,
};

export const blank: CatalogEntryView = {
  id: '', name: '', chain: '', chain_name: '', summary: '', description: '', homepage: '', license: 'MIT', release_notes: null,
  notes: [], wallets: [], origin: 'built-in', icon_svg: null, version: '1.0',
  networks: [{ id: 'mainnet', label: 'Mainnet', summary: 'The chain itself, with real money.', needs_peers: true }],
  images: [], options: [], rules: [], requirements: [], stop_grace_s: 60,
  unavailable: null, unavailable_why: null, unavailable_instead: null, dependencies: [], expires: null, halts_at_height: null,
  update_data: 'two-way', probe: 'json',
};

/** An icon of one colour with a letter, so that cards can be told apart. */
export function letter(text: string, hue: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="30" fill="hsl(${hue} 45% 42%)"/><text x="32" y="42" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="28" fill="#fff">${text}</text></svg>`;
}

/** The choices that every entry offers: what to do on a battery, at which hours to run. */
export const common: OptionView[] = [
  {
    ...option, id: 'on_battery', label: 'On battery', type: 'choice', default: 'run', advanced: true,
    help: 'What the node does while this computer runs on its battery.',
    choices: [
      { value: 'run', label: 'Keep running', help: 'The node runs on. The first sync empties a battery quickly.' },
      { value: 'pause', label: 'Pause', help: 'The node is stopped cleanly and starts again once the computer is plugged in.' },
    ],
  },
  {
    ...option, id: 'schedule', label: 'Hours', type: 'text', default: '', example: '22:00-06:00', advanced: true,
    help: 'The hours in which the node runs, in the time of this machine. Several are separated by commas. Empty: always.',
  },
];
