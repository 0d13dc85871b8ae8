// Curves claim nothing that was not recorded.
import { describe, expect, it } from 'vitest';
import { around, extent, linePath, nearest, roundTop, sparse, stretches, type Point } from './curve';

const at = (moments: [number, number | null][]): Point[] => moments.map(([moment, value]) => ({ at: moment, value }));

describe('a curve', () => {
  it('breaks where a figure is missing', () => {
    expect(stretches(at([[0, 1], [1, 2], [2, null], [3, 4], [4, 5]])).map((part) => part.map((point) => point.value))).toEqual([[1, 2], [4, 5]]);
  });
  it('breaks where nothing was recorded', () => {
    expect(stretches(at([[0, 1], [1, 2], [2, 3], [50, 4], [51, 5]])).map((part) => part.length)).toEqual([3, 2]);
  });
  it('puts the lowest figure at the bottom and the newest at the right', () => {
    expect(linePath(at([[0, 0], [10, 10]]), { from: 0, to: 10, low: 0, high: 10, width: 100, height: 50 })).toBe('M0.0 50.0L100.0 0.0');
  });
  it('knows its range, or that there is none', () => {
    expect(extent(at([[0, 3], [1, null], [2, 1]]))).toEqual({ low: 1, high: 3, last: 1 });
    expect(extent(at([[0, null]]))).toBeNull();
  });
  it('has a round top with room under it', () => expect([0, 97, 1.41e9, 0.3].map(roundTop)).toEqual([1, 150, 2e9, 0.4]));
  it('leaves room around a narrow range', () => {
    const { low, high } = around(924_000, 924_100);
    expect([low < 924_000, high > 924_100, high - low < 200]).toEqual([true, true, true]);
  });
  it('finds what stands under the pointer', () => expect(nearest(at([[0, 1], [10, 2], [20, 3]]), 13)?.value).toBe(2));
  it('gives few rows, the last one among them', () => {
    const rows = sparse(Array.from({ length: 300 }, (_, index) => index), 12);
    expect(rows).toHaveLength(12);
    expect(rows.at(-1)).toBe(299);
  });
});
