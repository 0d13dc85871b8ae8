// What is sent to the core is exactly what the user changed.
import { describe, expect, it } from 'vitest';
import { bitcoinCore, relay } from '../../../dev/catalog';
import { node } from '../../../dev/fixtures';
import { NodeChange } from './change.svelte';

const change = (options: Record<string, string> = {}) => new NodeChange(() => bitcoinCore, () => node('a', 'mainnet', {}, { options }));
const option = (id: string) => bitcoinCore.options.find((each) => each.id === id)!;

describe('a change', () => {
  it('holds nothing until something has another value', () => {
    const draft = change({ storage: 'pruned' });
    draft.set('storage', 'pruned');
    expect(draft.changes).toEqual({});
  });
  it('says a default as an empty text', () => {
    const draft = change({ storage: 'pruned' });
    draft.set('storage', 'full');
    expect(draft.request(false)).toEqual({ node: 'a', options: { storage: '' }, confirmed: false });
  });
  it('offers an option that depends on another only with it', () => {
    const draft = change();
    expect(draft.offered.map((each) => each.id)).not.toContain('prune_size');
    draft.set('storage', 'pruned');
    expect(draft.offered.map((each) => each.id)).toContain('prune_size');
  });
  it('shows what a rule decides, and why', () => {
    const draft = change({ txindex: 'on' });
    draft.set('storage', 'pruned');
    expect([draft.value(option('txindex')), draft.because(option('txindex'))]).toEqual(['off', 'an index of all transactions needs all blocks']);
  });
  it('sends a secret only when one was typed', () => {
    const draft = new NodeChange(() => relay, () => node('r', 'mainnet', {}, { options: {} }));
    const secret = relay.options.find((each) => each.type === 'secret')!;
    expect(draft.changes).toEqual({});
    draft.set(secret.id, 'word');
    expect(draft.changes).toEqual({ [secret.id]: 'word' });
    draft.set(secret.id, '');
    expect(draft.changes).toEqual({});
  });
});
