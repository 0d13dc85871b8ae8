// The logins of a node.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('pt');

export const credentials: Words['credentials'] = {
  heading: 'Acessos',
  lead: 'Cada carteira tem um acesso próprio; assim, um deles pode ser revogado sem mexer nos outros.',
  working: 'Lendo os acessos…',
  none: 'Este nó não tem acessos próprios.',
  unused: (n) => plural(n, { zero: '0 acessos não entregues', one: 'Um acesso que não foi entregue a ninguém', other: `${String(n)} acessos que não foram entregues a ninguém` }),
  user: 'Usuário',
  may: 'Pode chamar',
  methods: (name, n) => `${name}, ${n} métodos`,
  everything: (name) => `${name}, todos os métodos`,
  files: 'Gravado em',
  nodes: 'Usado por',
  used: 'Último uso',
  revokedAt: 'Revogado',
  never: 'não se sabe',
  kinds: { wallet: 'Carteira ou ferramenta', node: 'Outro nó seu', freehold: 'Consultas do próprio Freehold' },
  states: { active: 'Em uso', revoked: 'Revogado', rotating: 'Sendo trocado', 'not-handed-out': 'Não entregue' },
  revoke: 'Revogar',
  rotate: 'Nova senha',
  giveAgain: 'Dar de novo',
  actionName: (action, name) => `${action}: ${name}`,
  titles: {
    revoke: (name) => `Revogar o acesso de ${name}?`,
    rotate: (name) => `Nova senha para ${name}?`,
  },
  confirm: { revoke: 'Revogar o acesso', rotate: 'Criar nova senha' },
  busy: { revoke: 'Revogando…', rotate: 'Criando…' },
  done: {
    revoke: (name) => `O acesso de ${name} foi revogado`,
    rotate: (name) => `${name} recebe uma nova senha`,
  },
  preparing: 'Calculando o que significa…',
  means: 'O que significa',
  restarts: 'Reiniciados junto com ele',
  writes: 'Arquivos que são gravados',
};
