// No file but the message catalog holds words that people read, and none keeps words from before a language is chosen.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atLoad, inCode, inComponent } from './literals';

const SRC = join(process.cwd(), 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
const components = files.filter((file) => file.endsWith('.svelte'));
const modules = files.filter((file) => file.endsWith('.ts') && !file.startsWith('i18n/') && !/\.test\.ts$|\.d\.ts$|generated\.ts$/.test(file));
const read = (file: string) => readFileSync(join(SRC, file), 'utf8');

describe('words outside the catalog', () => {
  it.each(components)('%s holds none', (file) => expect(inComponent(read(file))).toEqual([]));
  it.each(modules)('%s holds none', (file) => expect(inCode(read(file))).toEqual([]));
  it.each(modules)('%s keeps none from before a language is chosen', (file) => expect(atLoad(read(file))).toEqual([]));
});

describe('the check', () => {
  it.each([
    ['<p>Copy</p>', 'Copy'],
    ['<button aria-label="Close it">{t.x}</button>', 'Close it'],
    ['<button title={"close"}>{t.x}</button>', 'close'],
    ['<img alt="chart" />', 'chart'],
    ['<input placeholder="name" />', 'name'],
    ['<Field label="name" />', 'name'],
    ['<Card body="The node has stopped" />', 'The node has stopped'],
    ['<p>{busy ? "wait" : t.x}</p>', 'wait'],
    ['<p>{`${n} nodes`}</p>', '{} nodes'],
    ['<p>{n + " nodes"}</p>', 'nodes'],
    ['{#if a}<p>{#each list as one}<b>word</b>{/each}</p>{/if}', 'word'],
    ['<script lang="ts">\n const said = $derived(busy ? "Wait a moment" : "");\n</script>\n<p>{said}</p>', 'Wait a moment'],
    ['<script lang="ts">\n const said = "Checking…";\n</script>\n<p>{said}</p>', 'Checking…'],
  ])('finds %s', (source, text) => expect(inComponent(source).map((each) => each.trim())).toEqual([text]));

  it.each([
    '<p class="help big" data-testid="the-one">{t.x}</p>', '<Icon name="arrow" size="s" />', '<path d="M0 0 L10 10z" />',
    '{#if state === "ready"}<p>{t.x}</p>{/if}', '<p class={busy ? "busy now" : ""}>{t.x}</p>', '<!-- A note for us. --><p>{t.x}, {t.y}: {n}</p>',
    '<button type="button" onkeydown={(event) => event.key === "Enter" && go()}>{t.x}</button>', '<Segmented value={a ? "on" : "off"} />',
  ])('lets %s pass', (source) => expect(inComponent(source)).toEqual([]));

  it('finds sentences in modules, and no selectors, keys or paths', () => {
    expect(inCode('throw new Error("The core is gone.")')).toEqual(['The core is gone.']);
    expect(inCode('const a = `Block ${height} is new`;')).toEqual(['Block {} is new']);
    expect(inCode('import a from "./the one"; document.querySelector("a, button, input"); const b = { key: "ArrowDown", path: "api/events" };')).toEqual([]);
  });

  it('finds words that a module keeps', () => {
    expect(atLoad('import { t } from "x"; const names = { a: t.actions.copy };')).toEqual(['t.actions']);
    expect(atLoad('import { t } from "x"; const names = () => t.actions.copy; function say() { return t.actions; }')).toEqual([]);
  });
});
