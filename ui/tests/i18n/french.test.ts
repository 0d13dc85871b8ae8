// French typography: a narrow no-break space before : ; ? ! and inside « », so that no sign begins a line by itself.
import { describe, expect, it } from 'vitest';
import { fr } from '../../src/i18n/fr';
import { leaves, marks, say } from './catalog';

/** What is not French: code, addresses, the values that a text is given. */
const OTHER = /`[^`]*`|\S*:\/\/\S*|\S+:\d+/g;
const loose = / [:;?!»]|« |«(?!\u202f)|[^\u202f]»|[^\s\u202f«][:;?!]/u;

function faulty(text: string): boolean {
  return loose.test(text.replaceAll(OTHER, 'x'));
}

describe('French', () => {
  it('keeps its signs with their words', () => {
    const found = [...leaves(fr)].map(([place, leaf]) => `${place} ${say(leaf, marks)}`).filter((line) => faulty(line));
    expect(found).toEqual([]);
  });

  it.each(['Pourquoi ?', 'Pourquoi?', '« oui\u202f»', '«\u202foui»', 'Adresse: x'])('finds %s', (text) => expect(faulty(text)).toBe(true));
  it.each(['Pourquoi\u202f?', '«\u202foui\u202f»', 'unix://, tcp://', 'Code\u202f: 100.64.0.7:50001', '`a: b`'])('lets %s pass', (text) => expect(faulty(text)).toBe(false));
});
