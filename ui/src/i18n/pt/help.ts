// The words around the guide. The guide itself is English (ui/help) and says so to a screen reader.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('pt');

export const help: Words['help'] = {
  heading: 'Ajuda',
  lead: 'Páginas curtas sobre o que o Freehold faz e o que as palavras significam. Elas ficam dentro do programa e, por isso, funcionam sem internet.',
  english: 'Nesta versão, o guia está em inglês.',
  contents: 'Páginas do guia',
  search: 'Buscar no guia',
  searchHelp: 'Busca primeiro nos títulos, depois no texto.',
  found: (count) => plural(count, { zero: 'Nada encontrado', one: '1 resultado', other: `${count} resultados` }),
  nothing: 'Tente uma só palavra em inglês, como “prune” ou “password”.',
  missing: 'Essa página não existe',
  missingText: 'O endereço indica uma página que esta versão do guia não tem.',
  toContents: 'Todas as páginas',
  onPage: 'Nesta página',
  around: 'Antes e depois desta página',
  previous: (title) => `Anterior: ${title}`,
  next: (title) => `Próxima: ${title}`,
  note: 'Nota',
  code: 'o comando',
  links: {
    'what-freehold-is': 'O que é tudo isto?',
    'first-node': 'Seu primeiro nó em dez minutos',
    'switch-a-wallet': 'Como uma carteira é conectada',
    'audit-and-drill': 'O que os números significam',
    'when-something-is-wrong': 'Quando algo dá errado',
    'words': 'O que as palavras significam',
    'privacy': 'Quem o Freehold contata',
    'updates': 'Como atualizar e voltar atrás',
    'data-and-disks': 'Mover dados e discos cheios',
  },
};
