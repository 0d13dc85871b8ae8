// What an endpoint said, in words; the order of outcomes is complete.
import { describe, expect, it } from 'vitest';
import type { DrillProof } from '../../ipc/generated';
import { outcomeLook, outcomes, proofSentence } from './outcome';

const proof: DrillProof = { asked: 'bitcoin+http://127.0.0.1:28332', answered: true, chain: 'main', height: 924_880, ms: 12, why: null };

describe('a proof', () => {
  it('names the height and the time', () => {
    expect(proofSentence(proof, 'Your node')).toBe('Your node answered at block 924,880 in 12\u00a0ms.');
  });

  it('says why there is no height', () => {
    expect(proofSentence({ ...proof, height: null, why: 'it wants a password' }, 'Your node')).toBe('Your node answered in 12\u00a0ms: it wants a password.');
  });

  it('never calls silence an answer', () => {
    expect(proofSentence({ ...proof, answered: false, height: null, why: 'connection refused' }, 'Your node')).toBe('Your node did not answer: connection refused.');
    expect(proofSentence({ ...proof, answered: false, height: null }, 'Your node')).toContain('nothing came back');
  });
});

describe('an outcome', () => {
  it('has its own word, and a tone that does not promise too much', () => {
    expect(new Set(outcomes.map((outcome) => outcomeLook(outcome).word)).size).toBe(6);
    expect(outcomes.filter((outcome) => outcomeLook(outcome).tone === 'ok')).toEqual(['goes_on']);
  });
});
