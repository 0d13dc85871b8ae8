// The guide: what the build makes of it, that every link and picture of it and of the README is there, and that it can be
// read and searched.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { compilePage, slug } from '../plugins/guide';
import { order, page, search } from '../src/features/help/guide';
import { en } from '../src/i18n/en';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';
import { open } from './open';

const ROOT = join(process.cwd(), '..');
const FOLDER = join(process.cwd(), 'help');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const documents = [...pages.map((name) => join('ui/help', name)), 'README.md'];
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** Without what stands in code. */
const prose = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
const headings = (text: string) => [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map((match) => slug((match[1] ?? '').replaceAll(/[`*]/g, '')));
const links = (text: string) => [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');

describe('the guide as files', () => {
  it.each(documents)('%s leads only to what is there', (document) => {
    for (const link of links(read(document)).filter((each) => !/^https?:/.test(each))) {
      const [path = '', section] = link.split('#');
      const target = path === '' ? document : join(dirname(document), path);
      expect(existsSync(join(ROOT, target)), `${document}: ${link}`).toBe(true);
      if (section !== undefined) expect(headings(read(target)), `${document}: ${link}`).toContain(section);
    }
  });

  it('lists every page once, under its own title', () => {
    expect(order.map((entry) => `${entry.id}.md`).sort()).toEqual(pages.filter((name) => name !== 'README.md').sort());
    for (const entry of order) {
      expect(page(entry.id)?.title).toBe(entry.title);
      expect(entry.about).not.toBe('');
    }
  });

  it('names a heading once on each page', () => {
    for (const name of pages) expect(headings(read(join('ui/help', name))).length, name).toBe(new Set(headings(read(join('ui/help', name)))).size);
  });

  it('has no picture that nothing shows', () => {
    const shown = documents.flatMap((document) => links(read(document))).filter((link) => link.endsWith('.png')).map((link) => link.replace(/^.*\//, ''));
    expect(readdirSync(join(FOLDER, 'pictures')).filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('has the pages that other pages lead to', () => {
    expect(Object.keys(en.help.links).filter((id) => page(id) === null)).toEqual([]);
  });
});

describe('the build', () => {
  const compile = (text: string) => compilePage(`# A page\n\n${text}`, (path) => `made/${path}`);

  it('makes pieces of a page', () => {
    expect(compile('One `code & more`, **two**, [three](words.md#tip).\n\n- a\n- b\n\n![What it shows](pictures/node.png)').blocks).toEqual([
      { kind: 'text', parts: ['One ', { kind: 'code', text: 'code & more' }, ', ', { kind: 'strong', parts: ['two'] }, ', ', { kind: 'link', page: 'words', section: 'tip', parts: ['three'] }, '.'] },
      { kind: 'list', ordered: false, items: [[{ kind: 'text', parts: ['a'] }], [{ kind: 'text', parts: ['b'] }]] },
      { kind: 'picture', src: 'made/pictures/node.png', alt: 'What it shows' },
    ]);
  });

  it.each([
    'Some <b>markup</b>.', '<script>alert(1)</script>', '[out](https://example.org)', 'https://example.org', '[run](javascript:alert(1))',
    '![far](https://example.org/a.png)', '![up](pictures/../../a.png)', '![](pictures/node.png)', '[up](../README.md)', '#### Too deep',
  ])('refuses %s', (text) => expect(() => compile(text)).toThrow());
});

describe('a search', () => {
  it('finds headings before text, and nothing for nothing', () => {
    expect(search('tip')[0]).toMatchObject({ page: 'words', section: 'tip' });
    expect(search('PUT back')[0]).toMatchObject({ page: 'switch-a-wallet', section: null });
    expect(search('avx512')).toEqual([]);
    expect(search('  ')).toEqual([]);
    const prune = search('prune');
    expect(prune[0]).toMatchObject({ page: 'words', section: 'prune' });
    expect(prune.map((hit) => hit.page)).toContain('bitcoin-for-my-wallet');
  });
});

describe('help', () => {
  it('is reached from the sidebar, and lists what there is', async () => {
    const user = await open('ready', { view: 'nodes' });
    await user.click(screen.getByTestId(testIds.nav('help')));
    await waitFor(() => expect(router.route).toEqual({ view: 'help', page: null, section: null }));
    const contents = await screen.findByRole('navigation', { name: 'Pages of the guide' });
    expect(within(contents).getAllByRole('link')).toHaveLength(order.length);
    await user.click(within(contents).getByRole('link', { name: /^Words/ }));
    const heading = await screen.findByRole('heading', { level: 1, name: 'Words' });
    await waitFor(() => expect(heading).toHaveFocus());
    expect(screen.getByRole('link', { name: 'Help' })).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('article')).toHaveAttribute('lang', 'en');
  });

  it('is searched and read with the keyboard alone', async () => {
    const user = await open('ready', { view: 'help', page: 'what-freehold-is', section: null });
    const box = await screen.findByRole('searchbox', { name: 'Search the guide' });
    box.focus();
    await user.keyboard('prune');
    const found = screen.getByRole('navigation', { name: 'Search the guide' });
    expect(within(found).getAllByRole('link')[0]).toHaveAccessibleName(/Prune.*Words/);
    await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.route).toEqual({ view: 'help', page: 'words', section: 'prune' }));
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Prune' })).toHaveFocus());
    screen.getByRole('searchbox').focus();
    await user.keyboard('{Escape}');
    expect(screen.getByRole('navigation', { name: 'Pages of the guide' })).toBeVisible();
    await user.keyboard('zzz');
    expect(screen.getByText('Nothing found')).toBeVisible();
  });

  it('says when there is no such page', async () => {
    await open('ready', { view: 'help', page: 'nothing', section: null });
    expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeVisible();
  });

  it.each(['what-freehold-is', 'which-wallets', 'switch-a-wallet'])('%s stands up to axe', async (id) => {
    await open('ready', { view: 'help', page: id, section: null });
    await screen.findByRole('article');
    // Without a renderer there are no colours; the end-to-end tests look at those.
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });
});
