// Every language says everything that English says, with the same values, in its own words and by its own plurals.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOwnSteps } from '../../src/faults/presentation';
import { languageCodes, languages, localeOf, pickLanguage } from '../../src/i18n/languages';
import { useLocale } from '../../src/i18n/locale';
import { pluralIn } from '../../src/i18n/plural';
import { en } from '../../src/i18n/en';
import type { Words } from '../../src/i18n/text';
import { faultWords, type FaultCode } from '../../src/ipc/generated';
import { placeholders } from '../../src/lib/fill';
import { leaves, marks, say, used, written, type Leaf } from './catalog';
import { sameEverywhere, sameIn } from './same';

const english = leaves(en);
const others = languageCodes.filter((code) => code !== 'en');
/** Words that stand in most English sentences and in no sentence of the other languages. */
const ENGLISH = /\b(the|and|your|with|this|which|from|they|of|does|what)\b/i;
/** Whether a text shows that something is missing. A value that names a kind has no word here, in no language. */
const broken = (leaf: Leaf, values = marks) => /undefined|NaN|\[object/.test(say(leaf, values));
const letters = (text: string) => /\p{L}{2,}/u.test(text);

/** What is wrong with a language, each as a line that names the place. */
function troubles(code: string, words: Words): string[] {
  const own = leaves(words);
  const allowed = new Set([...sameEverywhere, ...(sameIn[code] ?? [])]);
  const found: string[] = [];
  for (const [place, leaf] of english) {
    const said = own.get(place);
    const inTable = place.startsWith('faults.table.');
    if (said === undefined) {
      if (!place.endsWith('.action') || !inTable) found.push(`${place}: missing`);
      continue;
    }
    if (said === null && inTable) continue;
    if (typeof said !== typeof leaf) found.push(`${place}: another kind`);
    else if (used(said) !== used(leaf)) found.push(`${place}: uses values ${used(said) || 'none'} and not ${used(leaf) || 'none'}`);
    const text = written(said);
    if (letters(text) && text === written(leaf) && !allowed.has(text)) found.push(`${place}: not translated: ${text}`);
    if (ENGLISH.test(text)) found.push(`${place}: half English: ${text}`);
    if (broken(said) && !broken(leaf)) found.push(`${place}: says ${say(said, marks)}`);
  }
  for (const place of own.keys()) if (!english.has(place)) found.push(`${place}: English has no such text`);
  return found;
}

describe.each(others)('%s', (code) => {
  let words: Words;
  beforeAll(async () => {
    words = await languages[code].load();
    useLocale(languages[code].locale);
  });
  afterAll(() => useLocale('en-GB'));

  it('says everything in its own words and uses every value', () => expect(troubles(code, words)).toEqual([]));

  it('keeps the values of faults, and gives a step where the window has none', () => {
    for (const [key, core] of Object.entries(faultWords)) {
      const fault = key as FaultCode;
      const own = words.faults.table[fault];
      expect([fault, placeholders(own.title), placeholders(own.why)]).toEqual([fault, placeholders(core.title), placeholders(core.why)]);
      if (own.todo === null) expect([fault, hasOwnSteps(fault)]).toEqual([fault, true]);
      else expect([fault, placeholders(own.todo)]).toEqual([fault, placeholders(core.todo)]);
    }
  });

  it('tells one from several where English does and the language can', () => {
    const numbers = [0, 1, 2, 5];
    const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories.length;
    const shapes = (leaf: Parameters<typeof say>[0]) => new Set(numbers.map((n) => say(leaf, [n, ...marks]).replaceAll(/\d+/g, '#'))).size;
    const deaf = [...leaves(words)].filter(([place, leaf]) => {
      const model = english.get(place);
      return forms > 1 && typeof leaf === 'function' && model !== undefined && shapes(model) > 1 && shapes(leaf) === 1;
    });
    expect(deaf.map(([place]) => place)).toEqual(invariable[code] ?? []);
    const silent = [...leaves(words)].filter(([place, leaf]) => numbers.some((n) => broken(leaf, [n, ...marks]) && !broken(english.get(place) ?? null, [n, ...marks])));
    expect(silent.map(([place]) => place)).toEqual([]);
  });

  it('is a file of its own, one for each file of English', () => {
    const folder = (name: string) => readdirSync(join(process.cwd(), 'src/i18n', name));
    const text = readFileSync(join(process.cwd(), `src/i18n/${code}.ts`), 'utf8');
    for (const file of folder('en')) expect([file, folder(code).includes(file), text.includes(`./${code}/${file.replace('.ts', '')}'`)]).toEqual([file, true, true]);
  });
});

/** Texts whose word is the same for one and for several in that language. */
const invariable: Record<string, string[]> = {};

describe('the checks', () => {
  it('find what is missing, untranslated, half English, without its value', () => {
    const spoiled = structuredCloneWords(en);
    spoiled.actions.close = 'Schließen';
    spoiled.actions.copyOf = () => 'Kopieren';
    spoiled.actions.tryAgain = 'Noch einmal with feeling';
    delete (spoiled.actions as Partial<typeof spoiled.actions>).done;
    const found = troubles('de', spoiled);
    expect(found).toContain('actions.cancel: not translated: Cancel');
    expect(found).toContain('actions.copyOf: uses values none and not 0');
    expect(found).toContain('actions.tryAgain: half English: Noch einmal with feeling');
    expect(found).toContain('actions.done: missing');
    expect(found.some((line) => line.startsWith('actions.close'))).toBe(false);
  });
});

/** A copy whose first two levels can be changed. */
function structuredCloneWords(words: Words): Words {
  return Object.fromEntries(Object.entries(words).map(([key, part]) => [key, { ...part }])) as Words;
}

describe('choosing a language', () => {
  it('follows the setting, else what the system prefers, else English', () => {
    expect(pickLanguage('de', ['fr'])).toBe('de');
    expect(pickLanguage('system', ['tlh', 'de-AT', 'en'])).toBe('de');
    expect(pickLanguage('system', ['tlh'])).toBe('en');
    expect(pickLanguage('system', [])).toBe('en');
  });
  it('uses the locale of the system where that is one of the language', () => {
    expect(localeOf('de', ['en-US', 'de-CH'])).toBe('de-CH');
    expect(localeOf('de', ['en-US'])).toBe('de-DE');
    expect(localeOf('en', ['en-US', 'en'])).toBe('en-US');
  });
});

describe('plurals', () => {
  it.each([
    ['en', ['other', 'one', 'other', 'other']], ['de', ['other', 'one', 'other', 'other']], ['es', ['other', 'one', 'other', 'other']],
    ['pt', ['one', 'one', 'other', 'other']], ['fr', ['one', 'one', 'other', 'other']], ['ja', ['other', 'other', 'other', 'other']],
  ])('of %s for 0, 1, 2 and 5', (code, expected) => {
    const plural = pluralIn(code);
    expect([0, 1, 2, 5].map((n) => plural(n, { one: 'one', other: 'other' }))).toEqual(expected);
    expect(plural(0, { zero: 'none', one: 'one', other: 'other' })).toBe('none');
  });
});
