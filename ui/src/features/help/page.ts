// The pages of the guide as the build makes them of Markdown (ui/plugins/guide.ts): pieces, never markup.

/** A piece of a line. */
export type Inline =
  | string
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'em'; parts: Inline[] }
  | { kind: 'link'; page: string; section: string | null; parts: Inline[] };

/** A piece of a page. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; id: string; text: string }
  | { kind: 'text'; parts: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Block[][] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'note'; blocks: Block[] }
  | { kind: 'picture'; src: string; alt: string };

/** The words of a line alone. */
export function plain(parts: Inline[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.kind === 'code' ? part.text : plain(part.parts))).join('');
}

/** The words of a piece alone. */
export function words(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'code':
      return block.text;
    case 'text':
      return plain(block.parts);
    case 'list':
      return block.items.map((item) => item.map(words).join(' ')).join(' ');
    case 'note':
      return block.blocks.map(words).join(' ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(plain).join(' ')).join(' ');
    case 'picture':
      return block.alt;
  }
}

/** A page of the guide; its id is its file's name. */
export interface HelpPage {
  title: string;
  blocks: Block[];
}
