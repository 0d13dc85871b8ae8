// Search and filter over a catalog of the real size.
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../dev/catalog';
import { ALL, chains, isOver, select } from './select';

describe('the catalog', () => {
  it('keeps what is only listed apart', () => {
    const { installable, listed } = select(catalog, '', ALL);
    expect(installable.length + listed.length).toBe(catalog.length);
    expect(listed.map((entry) => entry.id)).toContain('solana-rpc');
    expect(installable.every((entry) => entry.unavailable === null)).toBe(true);
  });
  it('wants every word and one chain', () => {
    expect(select(catalog, 'bitcoin sparrow', ALL).installable.map((entry) => entry.id)).toContain('bitcoin-core');
    expect(select(catalog, '', 'solana').installable.concat(select(catalog, '', 'solana').listed).every((entry) => entry.chain === 'solana')).toBe(true);
    expect(select(catalog, 'no-such-thing', ALL)).toEqual({ installable: [], listed: [] });
  });
  it('counts each chain once', () => {
    const all = chains(catalog);
    expect(new Set(all.map((chain) => chain.id)).size).toBe(all.length);
    expect(all.reduce((sum, chain) => sum + chain.count, 0)).toBe(catalog.length);
    expect(all[0]?.count).toBeGreaterThanOrEqual(all.at(-1)?.count ?? 0);
  });
  it('lets a release live through its last day', () => {
    expect(isOver('2026-12-17', Date.parse('2026-12-17T12:00:00Z'))).toBe(false);
    expect(isOver('2026-12-17', Date.parse('2026-12-18T00:00:01Z'))).toBe(true);
  });
});
