// The one formatter: what is unknown stays unknown, and nothing is done before it is.
import { describe, expect, it } from 'vitest';
import { ago, bytes, clock, count, duration, etaRange, firstClause, isoDay, load, percent, plainName, rate, shortVersion, size, UNKNOWN } from './format';

/** Numbers and units are joined by a space that does not break. */
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null;

describe('bytes', () => {
  it.each([
    [0, '0 B'], [999, '999 B'], [1000, '1 kB'], [1_310_000_000, '1.31 GB'], [402_600_000_000, '403 GB'], [999_600_000_000, '1 TB'],
    [28_200_000, '28.2 MB'], [-5_000_000, '−5 MB'],
  ])('writes %d as %s', (value, text) => expect(plain(bytes(value))).toBe(text));
  it('does not turn the unknown into nothing', () => expect(bytes(null)).toBe(UNKNOWN));
});

describe('size', () => {
  it('stays in the unit it was meant in', () => {
    expect([450 * 2 ** 20, 64 * 2 ** 30, 10e9, 0].map((value) => plain(size(value)))).toEqual(['450 MiB', '64 GiB', '10 GB', '0 B']);
  });
});

describe('shortVersion', () => {
  it('cuts a commit and leaves everything else', () => {
    expect(['v29.0.0', 'f3032933c6039305bc5ecec0d486526a0fd8f4c1'].map(shortVersion)).toEqual(['v29.0.0', 'f3032933…']);
  });
});

describe('plainName', () => {
  it('makes words of an id', () => expect(plainName('monero-wallet-cli')).toBe('Monero wallet cli'));
});

describe('firstClause', () => {
  it('keeps what a card has room for', () => expect(firstClause('12 to 48 hours on an SSD, bound by the download (19 hours)')).toBe('12 to 48 hours on an SSD'));
});

describe('percent', () => {
  it('has two decimals and is cut, not rounded', () => expect(plain(percent(61.4299))).toBe('61.42 %'));
  it('never shows a hundred before it is done', () => {
    expect(plain(percent(99.9999))).toBe('99.99 %');
    expect(plain(percent(100))).toBe('99.99 %');
    expect(plain(percent(100, true))).toBe('100 %');
  });
});

describe('etaRange', () => {
  it.each([
    [9.2 * 3600, 13.6 * 3600, '9 to 14 h'], [40, 50, 'under 1 min'], [600, 1500, '10 to 25 min'], [86_400 * 3, 86_400 * 5.5, '3 to 6 days'],
    [3600 * 7.2, 3600 * 7.9, '7 to 8 h'], [1000, 3 * 3600, 'under 3 h'],
  ])('from %d to %d s is %s', (low, high, text) => expect(plain(etaRange(low, high))).toBe(text));
  it('says nothing while there is no estimate', () => expect(etaRange(null, 10)).toBeNull());
});

describe('times', () => {
  it('writes durations in the two largest units', () => {
    expect([45, 600, 12_000, 200_000].map((seconds) => plain(duration(seconds)))).toEqual(['45 s', '10 min', '3 h 20 min', '2 days 7 h']);
  });
  it('counts down', () => expect([192, 930, 3661].map(clock)).toEqual(['3:12', '15:30', '1:01:01']));
  it('says how long ago', () => {
    expect([2, 30, 412, 7200, 864_000, 164_000_000].map((seconds) => plain(ago(seconds)))).toEqual(['just now', '30 s ago', '7 min ago', '2 h ago', '10 days ago', '5.2 years ago']);
  });
  it('reads a day', () => {
    expect(isoDay('2026-11-01')).toBe('1 Nov 2026');
    expect(isoDay('?')).toBe('?');
  });
});

describe('other figures', () => {
  it('groups heights, shortens loads and rates', () => {
    expect([count(924_880), plain(load(0.42)), plain(load(84.2)), plain(rate(4_300_000))]).toEqual(['924,880', '0.4 %', '84 %', '4.3 MB/s']);
    expect([count(null), load(null), rate(null)]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });
});
