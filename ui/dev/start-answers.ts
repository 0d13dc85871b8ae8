// Answers of the fake core for the first page: disks to choose from, an engine that is set up.
import type { DiskChoice, DiskChoices, EngineSetup, EngineView, FindingView, MachineView, SyncEstimates } from '../src/ipc/generated';
import { engine, GB } from './fixtures';
import { estimate, speed } from './preflight-parts';

const OWN = '/home/ada/.local/share/freehold';
/** From one line of output to the next. */
const LINE_MS = 250;

/** The disks: the system's own, a large one, one that is not the user's, one over the network. */
export function diskChoices(machine: MachineView, setting: string): DiskChoices {
  const known = machine.disks.map((disk): DiskChoice => {
    const own = disk.mount_point === '/';
    const folder = own ? `${OWN}/nodes` : `${disk.mount_point}/freehold`;
    const { mount_point, file_system, kind, total, available } = disk;
    return {
      mount_point, file_system, kind, total, available, folder, setting: own ? '' : folder, measure_in: own ? OWN : mount_point,
      is_current: setting === '' ? own : setting.startsWith(`${mount_point}/`) && !own, problem: null, mend: null,
    };
  });
  const blank = known[0]!;
  const others: DiskChoice[] = [
    { ...blank, mount_point: '/media/ada/archive', kind: 'removable', total: 4000 * GB, available: 3100 * GB, folder: '/media/ada/archive/freehold', setting: '/media/ada/archive/freehold', measure_in: '/media/ada/archive', is_current: false, problem: 'You may not make the folder `/media/ada/archive/freehold`.', mend: 'sudo install -d -o ada /media/ada/archive/freehold' },
    { ...blank, mount_point: '/mnt/nas', kind: 'network', file_system: 'nfs4', total: 8000 * GB, available: 2400 * GB, folder: '/mnt/nas/freehold', setting: '/mnt/nas/freehold', measure_in: '/mnt/nas', is_current: false },
  ];
  const rank = (disk: DiskChoice) => (disk.problem !== null ? 2 : disk.kind === 'network' ? 1 : 0);
  const disks = [...known, ...others].toSorted((a, b) => rank(a) - rank(b) || b.available - a.available);
  return { disks, folder: disks.find((disk) => disk.is_current)?.folder ?? setting };
}

/** First syncs, once the disk was measured. */
export function syncEstimates(measured: boolean, folder: string): SyncEstimates {
  return measured
    ? { folder, speed, measured_at: Date.now(), entries: ['bitcoin-core', 'ethereum'].map((client) => ({ client, estimate })) }
    : { folder, speed: null, measured_at: null, entries: [] };
}

const lines = ['Reading package lists...', 'Building dependency tree...', 'Setting up docker.io (28.2.2) ...', 'Created symlink docker.service.'];

/** Commands that run for a moment, and an engine at the end. */
export function setUp(runs: string[], before: EngineView, tell: (engine: EngineView) => void): EngineView {
  const at = (state: EngineSetup['state'], shown: number): EngineSetup => ({
    state, runs, ended: state === 'running' ? 0 : runs.length, output: [`+ ${runs[0] ?? ''}`, ...lines.slice(0, shown)], fault: null,
  });
  lines.forEach((_line, index) => setTimeout(() => tell({ ...before, setup: at('running', index + 1) }), LINE_MS * (index + 1)));
  setTimeout(() => tell({ ...before, setup: at('waiting', lines.length) }), LINE_MS * (lines.length + 1));
  setTimeout(() => tell({ ...engine, setup: at('done', lines.length) }), LINE_MS * (lines.length + 3));
  return { ...before, setup: at('running', 0) };
}

/** What would mend a disk that is too small. */
export const diskFixes: FindingView['fixes'] = [
  { kind: 'option', name: 'storage', value: 'pruned', also: {}, words: ['Storage', 'Pruned'] },
  { kind: 'folder', name: '', value: '/mnt/chain/freehold/bitcoin-mainnet', also: {}, words: ['/mnt/chain', String(1268 * GB)] },
];
