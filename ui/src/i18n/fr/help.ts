// The words around the guide. The guide itself is English (ui/help) and says so to a screen reader.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('fr');

export const help: Words['help'] = {
  heading: 'Aide',
  lead: 'De courtes pages sur ce que fait Freehold et sur le sens des mots. Elles sont dans le programme et marchent donc hors ligne.',
  english: 'Dans cette version, le guide lui-même est en anglais.',
  contents: 'Pages du guide',
  search: 'Chercher dans le guide',
  searchHelp: 'Cherche d’abord dans les titres, puis dans le texte.',
  found: (count) => plural(count, { zero: 'Rien trouvé', one: '1 passage trouvé', other: `${count} passages trouvés` }),
  nothing: 'Essayez un seul mot anglais, comme «\u202fprune\u202f» ou «\u202fpassword\u202f».',
  missing: 'Cette page n’existe pas',
  missingText: 'L’adresse désigne une page que cette version du guide n’a pas.',
  toContents: 'Toutes les pages',
  onPage: 'Sur cette page',
  around: 'Avant et après cette page',
  previous: (title) => `Avant\u202f: ${title}`,
  next: (title) => `Suite\u202f: ${title}`,
  note: 'Remarque',
  code: 'la commande',
  links: {
    'what-freehold-is': 'De quoi s’agit-il\u202f?',
    'first-node': 'Votre premier nœud en dix minutes',
    'switch-a-wallet': 'Comment se passe un basculement',
    'audit-and-drill': 'Ce que disent les chiffres',
    'when-something-is-wrong': 'Quand quelque chose ne va pas',
    'words': 'Ce que veulent dire les mots',
    'privacy': 'Qui Freehold contacte',
    'updates': 'Mises à jour et retours en arrière',
    'data-and-disks': 'Déplacer les données, disques pleins',
  },
};
