// Makes a page of the guide (ui/help/*.md) of its Markdown when the interface is built: a module with pieces of text
// that components draw, so that no markup reaches the window. What a page may not hold ends the build: HTML, addresses
// outside, links that are neither to a page of the guide nor to a picture beside it.
import { lexer, type Token, type Tokens } from 'marked';
import type { Plugin } from 'vite';
import { plain, type Block, type HelpPage, type Inline } from '../src/features/help/page.ts';

/** The name of a heading in an address, as forges make it too. */
export function slug(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-');
}

/** A page, where `picture` gives the address of a picture beside it. */
export function compilePage(markdown: string, picture: (path: string) => string): HelpPage {
  const [title, ...rest] = lexer(markdown).filter((token) => token.type !== 'space');
  if (title?.type !== 'heading' || (title as Tokens.Heading).depth !== 1) throw new Error('a page begins with a heading of the first level');
  return { title: plain(inline(title.tokens)), blocks: rest.flatMap((token) => block(token, picture)) };
}

function block(token: Token, picture: (path: string) => string): Block[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      if (depth !== 2 && depth !== 3) throw new Error(`a heading of level ${depth}: ${token.raw}`);
      const text = plain(inline(tokens));
      return [{ kind: 'heading', level: depth, id: slug(text), text }];
    }
    case 'paragraph': {
      const [only, ...more] = token.tokens ?? [];
      if (only?.type === 'image' && more.length === 0) {
        const { href, text } = only as Tokens.Image;
        if (!/^pictures\/[\w-]+\.png$/.test(href)) throw new Error(`a picture that is not in pictures/: ${href}`);
        if (text === '') throw new Error(`a picture without words: ${href}`);
        return [{ kind: 'picture', src: picture(href), alt: text }];
      }
      return [{ kind: 'text', parts: inline(token.tokens) }];
    }
    case 'text':
      return [{ kind: 'text', parts: inline(token.tokens ?? [token]) }];
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return [{ kind: 'list', ordered, items: items.map((item) => item.tokens.flatMap((each) => block(each, picture))) }];
    }
    case 'code':
      return [{ kind: 'code', text: (token as Tokens.Code).text }];
    case 'blockquote':
      return [{ kind: 'note', blocks: (token.tokens ?? []).flatMap((each) => block(each, picture)) }];
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [{ kind: 'table', head: header.map((cell) => inline(cell.tokens)), rows: rows.map((row) => row.map((cell) => inline(cell.tokens))) }];
    }
    default:
      throw new Error(`a page may not hold this (${token.type}): ${token.raw}`);
  }
}

function inline(tokens: Token[] | undefined): Inline[] {
  return (tokens ?? []).map((token): Inline => {
    switch (token.type) {
      case 'text':
      case 'escape':
        return unescaped((token as Tokens.Text).text).replaceAll('\n', ' ');
      case 'codespan':
        return { kind: 'code', text: (token as Tokens.Codespan).text };
      case 'strong':
      case 'em':
        return { kind: token.type, parts: inline(token.tokens) };
      case 'link': {
        const target = /^(?:([\w-]+)\.md)?(?:#([\w-]+))?$/.exec((token as Tokens.Link).href);
        if (target === null || token.raw.startsWith('http')) throw new Error(`a link out of the guide: ${token.raw}`);
        return { kind: 'link', page: target[1] ?? '', section: target[2] ?? null, parts: inline(token.tokens) };
      }
      default:
        throw new Error(`a line may not hold this (${token.type}): ${token.raw}`);
    }
  });
}

/** The parser keeps entities as they are written. */
function unescaped(text: string): string {
  const names: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (name) => names[name] ?? name);
}

/** Reads `*.md` below `ui/help`. Pictures become files of the build; they are fetched when a page shows them. */
export function guide(): Plugin {
  return {
    name: 'freehold-guide',
    transform(code, id) {
      if (!/\/help\/[\w-]+\.md$/.test(id)) return null;
      const pictures = new Map<string, string>();
      const page = compilePage(code, (path) => {
        const name = pictures.get(path) ?? `picture${pictures.size}`;
        pictures.set(path, name);
        return `\u0000${name}\u0000`;
      });
      const json = JSON.stringify(page).replaceAll(/"\\u0000(picture\d+)\\u0000"/g, '$1');
      const imports = [...pictures].map(([path, name]) => `import ${name} from './${path}?url';`);
      return { code: `${imports.join('\n')}\nexport default ${json};`, map: null };
    },
  };
}
