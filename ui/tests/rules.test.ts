// House rules that a compiler does not know: who may import whom, nothing that the content
// security policy would stop, one dark palette.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(process.cwd(), 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|ts|css)$/.test(file) && !file.endsWith('generated.ts'))
  .map((file) => ({ path: relative(SRC, join(SRC, file)).replaceAll('\\', '/'), text: readFileSync(join(SRC, file), 'utf8') }));
const svelteFiles = files.filter((file) => file.path.endsWith('.svelte'));

function imports(text: string): string[] {
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

describe('imports', () => {
  it('name the desktop shell in one file only', () => {
    const naming = files.filter((file) => imports(file.text).some((from) => from.startsWith('@tauri-apps/')));
    expect(naming.map((file) => file.path)).toEqual(['ipc/tauri.ts']);
  });

  it('never go from components to features or views, nor from features to views', () => {
    const upward = files.filter((file) => {
      const targets = imports(file.text);
      if (file.path.startsWith('components/') || file.path.startsWith('lib/') || file.path.startsWith('state/')) return targets.some((from) => /\/(features|views)\//.test(from));
      return file.path.startsWith('features/') && !file.path.startsWith('features/shell/') && targets.some((from) => from.includes('/views/'));
    });
    expect(upward.map((file) => file.path)).toEqual([]);
  });

  it('never go from one feature to another', () => {
    const features = readdirSync(join(SRC, 'features'));
    const crossing = files.filter((file) => {
      const own = /^features\/([^/]+)\//.exec(file.path)?.[1];
      return own !== undefined && features.some((other) => other !== own && imports(file.text).some((from) => from.includes(`../${other}/`)));
    });
    expect(crossing.map((file) => file.path)).toEqual([]);
  });
});

describe('components', () => {
  it('use no raw markup and no style attribute', () => {
    const loose = svelteFiles.filter((file) => /\{@html|\sstyle="/.test(file.text));
    expect(loose.map((file) => file.path)).toEqual([]);
  });

  it('stay small', () => {
    const long = files.filter((file) => file.text.split('\n').length > (file.path.endsWith('.ts') ? 250 : 400));
    expect(long.map((file) => file.path)).toEqual([]);
  });

  it('say at the top what they are for', () => {
    const silent = files.filter((file) => !/^(<script[^>]*>\n\s*(\/\/|\/\*)|\/\/|\/\*)/.test(file.text) && file.path !== 'env.d.ts');
    expect(silent.map((file) => file.path)).toEqual([]);
  });
});

describe('the icon', () => {
  it('of the page is the one of the application', () => {
    const read = (path: string) => readFileSync(join(process.cwd(), path), 'utf8');
    expect(read('public/favicon.svg')).toBe(read('../assets/icons/freehold.svg'));
  });
});

describe('the theme', () => {
  it('has the same dark values for the choice and for the system', () => {
    const text = files.find((file) => file.path === 'styles/theme.css')?.text ?? '';
    const block = (name: string) => new RegExp(`data-theme='${name}'\\] \\{([^}]*)\\}`).exec(text)?.[1]?.split('\n').map((line) => line.trim()).filter(Boolean);
    expect(block('dark')?.length).toBeGreaterThan(30);
    expect(block('system')).toEqual(block('dark'));
  });
});
