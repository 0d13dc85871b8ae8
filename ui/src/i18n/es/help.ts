// The words around the guide. The guide itself is English (ui/help) and says so to a screen reader.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('es');

export const help: Words['help'] = {
  heading: 'Ayuda',
  lead: 'Páginas breves sobre lo que hace Freehold y lo que significan las palabras. Están dentro del programa, así que funcionan sin conexión.',
  english: 'En esta versión, la guía está en inglés.',
  contents: 'Páginas de la guía',
  search: 'Buscar en la guía',
  searchHelp: 'Busca primero en los títulos y después en el texto.',
  found: (count) => plural(count, { zero: 'No se encontró nada', one: '1 resultado', other: `${count} resultados` }),
  nothing: 'Pruebe con una sola palabra en inglés, como «prune» o «password».',
  missing: 'Esa página no existe',
  missingText: 'La dirección indica una página que esta versión de la guía no tiene.',
  toContents: 'Todas las páginas',
  onPage: 'En esta página',
  around: 'Antes y después de esta página',
  previous: (title) => `Anterior: ${title}`,
  next: (title) => `Siguiente: ${title}`,
  note: 'Nota',
  code: 'el comando',
  links: {
    'what-freehold-is': '¿Qué es todo esto?',
    'first-node': 'Su primer nodo en diez minutos',
    'switch-a-wallet': 'Cómo se conecta una cartera',
    'audit-and-drill': 'Qué significan las cifras',
    'when-something-is-wrong': 'Cuando algo va mal',
    'words': 'Qué significan las palabras',
    'privacy': 'Con quién contacta Freehold',
    'updates': 'Cómo se actualiza y se vuelve atrás',
    'data-and-disks': 'Mover datos y discos llenos',
  },
};
