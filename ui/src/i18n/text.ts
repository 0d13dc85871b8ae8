// The words in use. A language is chosen before anything is mounted; another one mounts the window anew. Hence: `t` is
// read where something is shown, never kept by a module when it is loaded.
import { en } from './en';

/** The same shape with any text in it, where English has a certain one. */
type AnyText<T> = T extends string ? string : T extends (...values: infer Values) => infer Text ? (...values: Values) => AnyText<Text> : { [Key in keyof T]: AnyText<T[Key]> };

/** The shape that every language must fill. */
export type Words = AnyText<typeof en>;

/** The words in use. */
export let t: Words = en;

/** Uses words from now on. */
export function useWords(words: Words): void {
  t = words;
}
