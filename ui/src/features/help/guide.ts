// The guide as the window shows it: its pages, their order, and what a search finds.
import { plain, words, type Block, type HelpPage } from './page';

const files = import.meta.glob<HelpPage>('../../../help/*.md', { eager: true, import: 'default' });
const byId = new Map(Object.entries(files).map(([path, page]) => [path.replace(/^.*\/|\.md$/g, ''), page]));

/** The file that lists the pages; a forge shows it with the folder. */
const CONTENTS = 'README';

/** One entry of the contents. */
export interface Entry {
  id: string;
  title: string;
  about: string;
}

/** Pages that belong together. */
export interface Group {
  title: string;
  entries: Entry[];
}

/** In a list it goes on after a colon; on a line of its own it begins one. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function entry(item: Block[]): Entry[] {
  const [first] = item;
  if (first?.kind !== 'text') return [];
  const [link, ...rest] = first.parts;
  if (typeof link !== 'object' || link.kind !== 'link') return [];
  return [{ id: link.page, title: plain(link.parts), about: sentence(plain(rest).replace(/^:\s*/, '')) }];
}

/** The contents, in the order in which a newcomer reads them. */
export const groups: Group[] = [];
for (const block of byId.get(CONTENTS)?.blocks ?? []) {
  if (block.kind === 'heading') groups.push({ title: block.text, entries: [] });
  else if (block.kind === 'list') groups.at(-1)?.entries.push(...block.items.flatMap(entry));
}

/** All pages in that order. */
export const order: Entry[] = groups.flatMap((group) => group.entries);

/** A page; nothing where there is none. */
export function page(id: string): HelpPage | null {
  return id === CONTENTS ? null : (byId.get(id) ?? null);
}

/** A place that a search found. */
export interface Hit {
  page: string;
  section: string | null;
  title: string;
  pageTitle: string;
}

interface Place extends Hit {
  heading: string;
  text: string;
}

/** Small letters without accents. */
function folded(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function placesOf({ id, title }: Entry): Place[] {
  const places: Place[] = [{ page: id, section: null, title, pageTitle: title, heading: folded(title), text: '' }];
  for (const block of page(id)?.blocks ?? []) {
    if (block.kind === 'heading') {
      places.push({ page: id, section: block.id, title: block.text, pageTitle: title, heading: folded(block.text), text: '' });
    } else {
      const last = places.at(-1);
      if (last) last.text += ` ${folded(words(block))}`;
    }
  }
  return places;
}

const places = order.flatMap(placesOf);

/** Where every word of the question stands: headings first, then text; both in the order of the guide. */
export function search(question: string): Hit[] {
  const asked = folded(question).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return [];
  const inHeading = places.filter(({ heading }) => asked.every((word) => heading.includes(word)));
  const inText = places.filter((place) => !inHeading.includes(place) && asked.every((word) => place.heading.includes(word) || place.text.includes(word)));
  return [...inHeading, ...inText];
}
