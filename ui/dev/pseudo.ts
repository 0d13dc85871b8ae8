// A language that nobody speaks: English with every text two fifths longer, by vowels that are drawn out, so that words
// grow as they do in German. Shows where the layout leaves no room for other languages. Not among the languages of the
// window, and not part of what is shipped.
import { number } from '../src/i18n/locale';
import type { Words } from '../src/i18n/text';

/** How much longer a text becomes. */
export const LONGER = 0.4;

/** Commands, and places for values: they stay as they are. */
const CODE = /(`[^`]*`|\{[a-z_]+\})/;
const WORD = /\p{L}{2,}/gu;
/** Units of measurement are short in every language. */
const KEPT = /^units\.(bytes|binary)\b/;

/** A message catalog with longer texts. */
export function pseudo(words: Words): Words {
  return stretched(words, '') as Words;
}

function stretched(part: unknown, at: string): unknown {
  if (KEPT.test(at)) return part;
  if (typeof part === 'string') return longer(part);
  if (Array.isArray(part)) return part.map((each, index) => stretched(each, `${at}.${index}`));
  if (typeof part === 'function') {
    const say = part as (...values: unknown[]) => unknown;
    const longerSay = (...values: unknown[]) => around(say(...values), values.flat());
    return Object.defineProperty(longerSay, 'length', { value: say.length });
  }
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, stretched(value, at === '' ? key : `${at}.${key}`)]));
}

/** What a function says, longer but for the values that it was given: they are longer already, or names. */
function around(said: unknown, values: readonly unknown[]): unknown {
  if (Array.isArray(said)) return said.map((each) => around(each, values));
  if (typeof said !== 'string') return said;
  const given = values.flatMap((value) => (typeof value === 'number' ? [String(value), number(value)] : typeof value === 'string' ? [value] : []));
  const known = given.filter((value) => value !== '').sort((a, b) => b.length - a.length);
  if (known.length === 0) return longer(said);
  const pattern = new RegExp(`(${known.map((value) => value.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|')})`);
  return pieces(said, pattern).map(({ text, kept }) => (kept ? text : longer(text))).join('');
}

/** A text that is longer by two fifths of what it says itself, spread over its words. */
export function longer(text: string): string {
  return pieces(text, CODE).map(({ text: piece, kept }) => (kept ? piece : drawnOut(piece))).join('');
}

function drawnOut(text: string): string {
  const letters = [...text.matchAll(WORD)].reduce((sum, [word]) => sum + word.length, 0);
  if (letters === 0) return text;
  const wanted = Math.ceil(text.length * LONGER);
  let [seen, added] = [0, 0];
  return text.replace(WORD, (word) => {
    seen += word.length;
    const share = Math.round((wanted * seen) / letters) - added;
    added += share;
    const vowel = Math.max(0, word.search(/[aeiouyäöü]/i));
    const letter = word.charAt(vowel);
    return word.slice(0, vowel + 1) + (vowel === 0 ? letter.toLowerCase() : letter).repeat(share) + word.slice(vowel + 1);
  });
}

/** A text in pieces, those that fit the pattern marked. */
function pieces(text: string, pattern: RegExp): { text: string; kept: boolean }[] {
  return text.split(pattern).map((piece, index) => ({ text: piece, kept: index % 2 === 1 }));
}
