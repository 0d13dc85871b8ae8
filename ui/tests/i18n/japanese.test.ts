// Japanese typography: its signs are as wide as a letter and bring their own room, so no space follows one, and what a
// component puts together takes the signs of the language too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ja } from '../../src/i18n/ja';
import { leaves, marks, say } from './catalog';

/** What is not Japanese: code, addresses, the values that a text is given. */
const OTHER = /`[^`]*`|\S*:\/\/\S*/g;
const JAPANESE = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー]';
const loose = new RegExp(`[：；、。）] | [：；、。（]|${JAPANESE} ?[:;,!?](?!\\w)`, 'u');

function faulty(text: string): boolean {
  return loose.test(text.replaceAll(OTHER, 'x'));
}

describe('Japanese', () => {
  it('has its own signs, without spaces', () => {
    const found = [...leaves(ja)].filter(([, leaf]) => say(leaf, marks).split(' | ').some(faulty)).map(([place]) => place);
    expect(found).toEqual([]);
  });

  it.each(['項目： 値', '項目: 値', '一つ, 二つ', '終わり。 次'])('finds %s', (text) => expect(faulty(text)).toBe(true));
  it.each(['項目：値', '一つ、二つ', '`a: b`', 'unix://、ssh://', '8332:8332'])('lets %s pass', (text) => expect(faulty(text)).toBe(false));
});

describe('what components put together', () => {
  /** A text of the catalog with a sign or another text of it behind, as the source writes it. */
  const joined = /\bt\.[\w.]+(\((?:[^(){}]|\([^()]*\))*\))?\}(?:<\/\w+>)?(?:[:,;.] |[:,;.](?=[<`"$])| \$?\{t\.(?!units\.))|[:,.] \$?\{t\./;
  const src = join(process.cwd(), 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));

  it.each(files)('in %s takes the signs of the language', (file) => {
    const lines = readFileSync(join(src, file), 'utf8').split('\n');
    expect(lines.filter((line) => joined.test(line)).map((line) => line.trim())).toEqual([]);
  });

  it.each(['{t.a.b}: {value}', '`${t.a}, ${x}`', '<b>{t.a.b(one(2))}.</b> {x}', '{t.a} {t.b}', '{id}, {t.a}', '{t.a(one)}.</span>'])('finds %s', (line) => expect(joined.test(line)).toBe(true));
  it.each(['{t.a}{t.units.colon}{x}', '{t.a} · {x}', '<Icon /> {t.a}', '{count} {t.a}'])('lets %s pass', (line) => expect(joined.test(line)).toBe(false));
});
