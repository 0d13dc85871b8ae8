// The language for trying the layout is as much longer as it says, keeps what must be kept, and is in no window.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LONGER, pseudo } from '../../dev/pseudo';
import { en } from '../../src/i18n/en';
import { languageCodes } from '../../src/i18n/languages';
import { placeholders } from '../../src/lib/fill';
import { leaves, say, used, written, type Leaf } from './catalog';

const english = leaves(en);
const longer = leaves(pseudo(en));
const marks = [7301, 7302, 7303, 7304, 7305, 7306];
const of = (place: string) => longer.get(place) as Leaf;

describe('the longer language', () => {
  it('has every text of English, two fifths longer', () => {
    expect([...longer.keys()]).toEqual([...english.keys()]);
    const short: string[] = [];
    for (const [place, leaf] of english) {
      const [before, after] = [written(leaf), written(of(place))];
      if (/^units\.(bytes|binary)/.test(place) || !/\p{L}{2,}/u.test(before)) continue;
      const pieces = say(leaf, marks).split(/7,?30\d|`[^`]*`|\{[a-z_]+\}/).length;
      // Each piece between values grows by itself, and a piece without a word does not.
      if (after.length < before.length * (1 + LONGER) - 2 * pieces) short.push(`${place}: ${after}`);
      if (after.length > before.length * (1 + LONGER) + 2 * pieces) short.push(`${place}: too long: ${after}`);
    }
    expect(short).toEqual([]);
  });

  it('keeps values, placeholders and commands', () => {
    for (const [place, leaf] of english) expect([place, used(of(place))]).toEqual([place, used(leaf)]);
    const words = pseudo(en);
    for (const [code, text] of Object.entries(en.faults.table)) {
      const own = words.faults.table[code as keyof typeof en.faults.table];
      expect([code, placeholders(own.why), own.todo?.match(/`[^`]*`/g)]).toEqual([code, placeholders(text.why), text.todo?.match(/`[^`]*`/g)]);
    }
    expect(words.nodes.open('node')).toBe('Ooopen node');
  });

  it('is in no window', () => {
    expect(languageCodes).not.toContain('pseudo');
    const src = join(process.cwd(), 'src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|svelte)$/.test(file));
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => /['"/]pseudo['"]/.test(readFileSync(join(src, file), 'utf8')))).toEqual([]);
  });
});
