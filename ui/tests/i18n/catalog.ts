// Takes a message catalog apart: every text with its place, and what each function says for values that can be told
// apart in the answer.
import { number } from '../../src/i18n/locale';

/** A text, or a function that makes one. */
export type Leaf = string | null | ((...values: never[]) => unknown);

/** Every leaf by its place, such as `node.say.left`. */
export function leaves(catalog: unknown, at = '', found = new Map<string, Leaf>()): Map<string, Leaf> {
  if (typeof catalog === 'object' && catalog !== null) {
    for (const [key, value] of Object.entries(catalog)) leaves(value, at === '' ? key : `${at}.${key}`, found);
  } else found.set(at, catalog as Leaf);
  return found;
}

/** Values that no text holds by itself. Numbers, since some texts write their values as numbers. */
export const marks = [7301, 7302, 7303, 7304, 7305, 7306];

/** The ways in which a value may be wanted: as a number, a text, or a list of texts. */
const shapes: ((value: number) => unknown)[] = [(value) => value, String, (value) => [String(value)]];

/** What a leaf says, with values as given, each in the first shape that the function takes. */
export function say(leaf: Leaf, values: readonly number[]): string {
  if (typeof leaf !== 'function') return leaf ?? '';
  const call = leaf as (...all: readonly unknown[]) => unknown;
  let last: unknown;
  for (let turn = 0; turn < shapes.length ** leaf.length; turn += 1) {
    const given = values.slice(0, leaf.length).map((value, place) => shapes[Math.floor(turn / shapes.length ** place) % shapes.length]?.(value));
    try {
      const text = [call(...given)].flat().join(' | ');
      if (!text.includes('NaN')) return text;
    } catch (thrown) {
      last = thrown;
    }
  }
  throw new Error(`no values fit ${leaf.toString()}`, { cause: last });
}

/** Which of the values a leaf uses, as their places: `0,1`. */
export function used(leaf: Leaf): string {
  const text = say(leaf, marks);
  return marks.map((mark, place) => (text.includes(String(mark)) || text.includes(number(mark)) ? place : null)).filter((place) => place !== null).join();
}

/** The text without what was given to it, and without code: what somebody wrote. */
export function written(leaf: Leaf): string {
  let text = say(leaf, marks).replace(/`[^`]*`/g, '');
  for (const mark of marks) text = text.replaceAll(String(mark), '').replaceAll(number(mark), '');
  return text.replace(/\{[a-z_]+\}/g, '').trim();
}
