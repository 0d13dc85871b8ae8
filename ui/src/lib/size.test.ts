// Sizes go to the core and come back unchanged.
import { describe, expect, it } from 'vitest';
import { fromSlider, parseSize, toSlider, writeSize } from './size';

describe('sizes', () => {
  it('reads what the core and people write', () => {
    expect([parseSize('10GB', 'MiB'), parseSize('550', 'MiB'), parseSize('1.5 tb', null), parseSize('0', 'MiB'), parseSize('a lot', null)]).toEqual([1e10, 550 * 2 ** 20, 1.5e12, 0, null]);
  });
  it('writes what it reads', () => {
    for (const bytes of [1e10, 550 * 2 ** 20, 25e6, 7]) expect(parseSize(writeSize(bytes), null)).toBe(bytes);
  });
  it('reaches both ends of a slider and rounds between them', () => {
    const [min, max] = [550 * 2 ** 20, 1e12];
    expect([fromSlider(0, min, max, 200), fromSlider(200, min, max, 200)]).toEqual([min, max]);
    const middle = fromSlider(toSlider(1e10, min, max, 200), min, max, 200);
    expect(Math.abs(middle - 1e10)).toBeLessThanOrEqual(1e9);
  });
});
