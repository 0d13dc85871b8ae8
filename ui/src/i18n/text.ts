// The words in use. A language is chosen once, before anything is mounted; changing it reloads the window.
import { en } from './en';

/** The shape that every language must fill. */
export type Words = typeof en;

/** The words in use. */
export let t: Words = en;

/** Chooses a language. */
export function useWords(words: Words): void {
  t = words;
}
