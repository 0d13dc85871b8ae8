// The words of the core are marked as English, wherever they stand in a sentence of another language.
import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import CoreWords from '../src/components/CoreWords.svelte';
import { language } from '../src/state/language.svelte';

const shown = (text: string, core?: string | null) => {
  const { container } = render(CoreWords, { text, core });
  return [container.textContent, [...container.querySelectorAll('[lang="en"]')].map((each) => each.textContent)];
};

describe('words of the core', () => {
  beforeEach(() => {
    language.current = 'de';
  });
  afterEach(() => {
    language.current = 'en';
  });

  it('are marked and nothing else is', () => {
    expect(shown('Festgelegt: the node needs it; noch 3 h', 'the node needs it')).toEqual(['Festgelegt: the node needs it; noch 3 h', ['the node needs it']]);
  });
  it('are found where a sentence begins with them', () => expect(shown('Fetched 4 of 9', 'fetched 4 of 9')).toEqual(['Fetched 4 of 9', ['Fetched 4 of 9']]));
  it('need no mark in an English window', () => {
    language.current = 'en';
    expect(shown('Fixed: the node needs it', 'the node needs it')).toEqual(['Fixed: the node needs it', []]);
  });
  it('need not be there', () => {
    for (const core of [undefined, null, '', 'other']) expect(shown('Nichts davon', core)).toEqual(['Nichts davon', []]);
  });
});
