// The words around the guide. The guide itself is English (ui/help) and says so to a screen reader.

export const help = {
  heading: 'Help',
  lead: 'Short pages about what Freehold does and what the words mean. They are inside the program, so they work offline.',
  /** Stands where the window speaks another language than the guide; empty in English. */
  english: '',
  contents: 'Pages of the guide',
  search: 'Search the guide',
  searchHelp: 'Looks in headings first, then in the text.',
  found: (count: number) => (count === 0 ? 'Nothing found' : count === 1 ? '1 place found' : `${count} places found`),
  nothing: 'Try one word, such as “prune” or “password”.',
  missing: 'There is no such page',
  missingText: 'The address names a page that this version of the guide does not have.',
  toContents: 'All pages',
  onPage: 'On this page',
  around: 'Before and after this page',
  previous: (title: string) => `Before: ${title}`,
  next: (title: string) => `Next: ${title}`,
  note: 'Note',
  code: 'the command',
  /** Links from other pages, by the page of the guide that they lead to. */
  links: {
    'what-freehold-is': 'What is all this?',
    'first-node': 'Your first node in ten minutes',
    'switch-a-wallet': 'How a switch works',
    'audit-and-drill': 'What the figures mean',
    'when-something-is-wrong': 'When something is wrong',
    'words': 'What the words mean',
    'privacy': 'Whom Freehold contacts',
    'updates': 'How updates and going back work',
    'data-and-disks': 'Moving data, and full disks',
  },
};
