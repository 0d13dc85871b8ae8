// What this machine can carry, with the nodes that an entry needs, and the order of the cards.
import { describe, expect, it } from 'vitest';
import { blank, GB, need } from '../../../dev/entry';
import { machine as base, node } from '../../../dev/fixtures';
import type { CatalogEntryView, MachineView, RequirementView } from '../../ipc/generated';
import { fitOf, type Fit, type FitWhy } from './fit';
import { ordered, passes } from './order';

const entry = (id: string, requirement: Partial<RequirementView>, more: Partial<CatalogEntryView> = {}): CatalogEntryView => ({ ...blank, id, name: id, requirements: [{ ...need, ...requirement }], ...more });
const machine = (free: number, memory = 16 * GB, used = 4 * GB): MachineView => ({ ...base, memory_total: memory, memory_used: used, disks: [{ ...base.disks[0]!, available: free }] });
const dependency = { name: 'bitcoin', clients: ['bitcoin'], purpose: '', networks: [], when_option: null, when_equals: null, level: 'synced' } as unknown as CatalogEntryView['dependencies'][number];
const bitcoin = entry('bitcoin', { disk: 700 * GB, ram: 2 * GB });
const index = entry('index', { disk: 60 * GB }, { dependencies: [dependency] });
const judge = (what: CatalogEntryView, on: MachineView, nodes = [] as ReturnType<typeof node>[]) => fitOf(what, { entries: [bitcoin, index, what], machine: on, nodes });

describe('an entry', () => {
  it.each<[Fit, FitWhy, CatalogEntryView, MachineView]>([
    ['fits', 'room', entry('a', { disk: 10 * GB }), machine(20 * GB)],
    ['big', 'disk', entry('a', { disk: 30 * GB }), machine(20 * GB)],
    ['big', 'disk', entry('a', { disk: 19 * GB }), machine(20 * GB)],
    ['big', 'memory', entry('a', { ram: 20 * GB }), machine(20 * GB)],
    ['tight', 'growth', entry('a', { disk: 15 * GB, disk_per_month: 1 * GB }), machine(20 * GB)],
    ['tight', 'busy', entry('a', { ram: 14 * GB }), machine(20 * GB)],
    ['unknown', 'figures', entry('a', {}, { requirements: [] }), machine(20 * GB)],
    ['unknown', 'figures', entry('a', {}), { ...machine(0), disks: [] }],
  ])('%s: %s', (fit, why, what, on) => expect(judge(what, on)).toMatchObject({ fit, why }));

  it('that fits in a smaller form only is tight', () => {
    const smaller = { ...entry('a', {}), requirements: [{ ...need, disk: 5 * GB, when_option: 'storage', when_equals: 'pruned' }, { ...need, disk: 50 * GB }] };
    expect(judge(smaller, machine(20 * GB))).toMatchObject({ fit: 'tight', why: 'smaller', need: 55 * GB });
  });

  it('brings the nodes that it needs, unless they are there', () => {
    expect(judge(index, machine(100 * GB))).toMatchObject({ fit: 'big', need: 836 * GB });
    const mine = { ...node('b', 'mainnet', {}), client: 'bitcoin' };
    expect(judge(index, machine(100 * GB), [mine])).toMatchObject({ fit: 'fits', need: 60 * GB });
    expect(judge(index, machine(100 * GB), [{ ...mine, network: 'signet' }]).fit).toBe('big');
  });
});

describe('the filter and the order', () => {
  it('show what nobody can judge with everything only', () => {
    const unknown = { fit: 'unknown', why: 'figures', need: 0, have: 0 } as const;
    expect([passes(unknown, 'any'), passes(unknown, 'carried'), passes(unknown, 'big')]).toEqual([true, false, false]);
    const tight = { fit: 'tight', why: 'busy', need: 0, have: 0 } as const;
    expect([passes(tight, 'fits'), passes(tight, 'carried'), passes(tight, 'big')]).toEqual([false, true, false]);
  });
  it('go by disk, memory, name and time; without a measurement the download stands in', () => {
    const a = entry('a', { disk: 3, ram: 1, download: 9 });
    const b = entry('b', { disk: 1, ram: 3, download: 5 });
    const c = entry('c', {}, { requirements: [] });
    const ids = (order: Parameters<typeof ordered>[1], estimates = new Map()) => ordered([c, a, b], order, estimates).map((each) => each.id).join('');
    expect([ids('catalog'), ids('name'), ids('disk'), ids('memory'), ids('sync')]).toEqual(['cab', 'abc', 'bac', 'abc', 'bac']);
    expect(ids('sync', new Map([['a', { low_s: 1, high_s: 2, because: '' }], ['b', { low_s: 1, high_s: 9, because: '' }]]))).toBe('abc');
  });
});
