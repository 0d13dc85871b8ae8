// What fits where, against the shape of the real catalog.
import { describe, expect, it } from 'vitest';
import { bitcoinCore, catalog } from '../../dev/catalog';
import { machine } from '../../dev/fixtures';
import type { DiskChoice } from '../ipc/generated';
import { fitOf, speedVerdict, verdictOf } from './disks';

const GB = 1e9;
const ethereum = catalog.find((entry) => entry.id === 'ethereum')!;
const disk = (available: number): DiskChoice => ({
  mount_point: '/', file_system: 'ext4', kind: 'ssd', total: available * 2, available, folder: '/x', setting: '', measure_in: '/', is_current: true,
  problem: null, mend: null,
});

describe('what fits', () => {
  it('is the whole chain, part of it, or nothing', () => {
    expect(fitOf(bitcoinCore, 1000 * GB)).toBe('whole');
    expect(fitOf(bitcoinCore, 900 * GB)).toBe('part');
    expect(fitOf(bitcoinCore, 10 * GB)).toBe('none');
  });
});

describe('the verdict on a machine', () => {
  it('names what is missing, the disk before the memory', () => {
    expect(verdictOf(ethereum, {}, machine, disk(171 * GB))).toEqual({ kind: 'disk', wanted: 1430 * GB, free: 171 * GB });
    expect(verdictOf(ethereum, {}, { ...machine, memory_total: 8 * GB }, disk(2000 * GB))).toEqual({ kind: 'memory', needed: 16 * GB, has: 8 * GB });
    expect(verdictOf(bitcoinCore, {}, machine, disk(171 * GB))).toEqual({ kind: 'less', least: 15 * GB });
  });

  it('asks for a tenth more than the data, which fits to the byte', () => {
    const full = { ...ethereum, requirements: [{ ...ethereum.requirements[0]!, disk: 913 * GB }] };
    expect(verdictOf(full, {}, machine, disk(21 * GB))).toEqual({ kind: 'disk', wanted: 1004.3 * GB, free: 21 * GB });
    expect(verdictOf(full, {}, machine, disk(1004.3 * GB - 1)).kind).toBe('disk');
    expect(verdictOf(full, {}, machine, disk(1004.3 * GB)).kind).toBe('fits');
  });

  it('says whether all of it would fit too', () => {
    expect(verdictOf(bitcoinCore, { storage: 'pruned' }, machine, disk(171 * GB))).toEqual({ kind: 'fits', whole: false });
    expect(verdictOf(bitcoinCore, { storage: 'pruned' }, machine, disk(2000 * GB))).toEqual({ kind: 'fits', whole: true });
    expect(verdictOf(bitcoinCore, {}, machine, null)).toEqual({ kind: 'unknown' });
  });
});

describe('a disk’s speed', () => {
  it('is judged by small reads', () => {
    const speed = { write_rate: 1e8, read_rate: 1e8, fsyncs: 100, random_reads: 0 };
    expect([80, 1200, 40_000].map((random_reads) => speedVerdict({ ...speed, random_reads }))).toEqual(['slow', 'fair', 'fast']);
  });
});
