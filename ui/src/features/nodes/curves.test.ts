// Services added up, and nothing invented where nobody knew.
import { describe, expect, it } from 'vitest';
import type { UsagePoint } from '../../ipc/generated';
import { line, together } from './curves';

const point = (at: number, cpu: number | null, memory: number | null = null): UsagePoint => ({
  at, cpu_percent: cpu, memory_bytes: memory, disk_bytes: null, net_in_rate: null, net_out_rate: null, disk_read_rate: null, disk_write_rate: null,
});

describe('services together', () => {
  it('are added up in each stretch of time', () => {
    const all = together([{ service: 'a', points: [point(0, 10), point(110, 20)] }, { service: 'b', points: [point(30, 1), point(120, 2), point(140, 4)] }], 100);
    expect(line(all, 'cpu_percent')).toEqual([{ at: 0, value: 11 }, { at: 100, value: 23 }]);
  });
  it('leave absent what nobody knew', () => {
    const all = together([{ service: 'a', points: [point(0, null)] }, { service: 'b', points: [point(1, null, 5)] }], 100);
    expect([all[0]?.cpu_percent, all[0]?.memory_bytes]).toEqual([null, 5]);
  });
  it('are the one service where there is only one', () => {
    const points = [point(3, 1), point(9, 2)];
    expect(together([{ service: 'a', points }], 100)).toEqual(points);
  });
});
