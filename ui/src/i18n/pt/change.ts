// Changing a node that exists: its settings, its version, the place of its data.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('pt');

export const effects: Words['effects'] = {
  words: { none: 'na hora', restart: 'reinício', reindex: 'reindexar', resync: 'ressincronizar', never: 'não é possível' },
  heads: {
    none: 'Nada precisa ser reiniciado',
    restart: 'O nó é reiniciado',
    reindex: 'O nó reconstrói um índice',
    resync: 'O nó sincroniza de novo desde o início',
    never: 'Isto não pode ser mudado em um nó que já existe',
  },
  texts: {
    none: 'A mudança vale a partir de agora, e o nó continua rodando.',
    restart: 'Ele é parado de forma limpa e iniciado de novo. As carteiras precisam esperar um ou dois minutos.',
    reindex: 'Ele é parado e percorre os blocos que já tem. Nada é baixado de novo, mas pode levar de horas a dias.',
    resync: 'Ele é parado, e tudo é baixado e verificado de novo. As carteiras precisam esperar até terminar.',
    never: 'Em vez disso, instale outro nó com estas opções.',
  },
  becomes: 'passa a ser',
  nothing: 'vazio',
  hidden: 'oculto',
};

export const change: Words['change'] = {
  heading: 'Configurações',
  lead: 'O que cada mudança significa é mostrado antes de qualquer ação.',
  advanced: (n) => `Mais opções (${n})`,
  none: 'Este cliente não tem nada para configurar.',
  changed: (n) => plural(n, { zero: '0 mudanças', one: 'Uma mudança', other: `${n} mudanças` }),
  undo: 'Desfazer',
  review: 'Ver o que significa',
  kept: 'Deixe vazio para manter o valor atual.',
  title: 'O que esta mudança significa',
  working: 'Calculando o que significa…',
  restarts: 'Estes nós param e iniciam junto com ele',
  consent: 'Sei o que isto significa e quero continuar',
  confirm: { none: 'Mudar', restart: 'Mudar e reiniciar', reindex: 'Mudar e reindexar', resync: 'Mudar e ressincronizar' },
  done: (name) => `${name} está com as novas configurações.`,
  nothing: 'Nada mudaria.',
};

export const version: Words['version'] = {
  heading: 'Versão',
  upToDate: 'Ele roda a versão que o catálogo indica.',
  available: (to) => `${to} está disponível`,
  service: 'Serviço',
  now: 'Agora',
  then: 'Depois',
  unresolved: 'O digest é lido do registro na atualização.',
  oneWay: 'Não há como voltar',
  oneWayText: 'A versão nova muda os dados de um jeito que a antiga não consegue ler. Para voltar, seria preciso apagar os dados e sincronizar de novo.',
  unknown: 'Não é certo que dê para voltar',
  unknownText: 'Ninguém verificou se a versão antiga consegue ler os dados depois que a nova os gravou.',
  twoWay: 'Depois, a versão usada agora pode ser recuperada.',
  notes: 'Notas da versão',
  expires: (date) => `Esta versão vale até ${date}.`,
  update: (to) => `Atualizar para ${to}`,
  updateTitle: (name, to) => `Atualizar ${name} para ${to}?`,
  updateText: 'A imagem é baixada enquanto o nó ainda roda. Depois ele é parado de forma limpa, iniciado na versão nova e acompanhado; se não funcionar, a versão anterior volta.',
  updating: 'Registrando…',
  updateDone: (name) => `${name} está sendo atualizado.`,
  rollback: (to) => `Voltar para ${to}`,
  rollbackTitle: (name, to) => `Voltar ${name} para ${to}?`,
  rollbackText: 'O nó é parado de forma limpa e iniciado na versão anterior. As configurações e os dados ficam.',
  rollbackDone: (name) => `${name} está voltando para a versão anterior.`,
  noRollback: 'Sem volta',
  consent: 'Sei que talvez não haja como voltar',
  phases: {
    fetching: 'Baixando a versão nova',
    proving: 'Testando a versão nova',
  },
  phaseTexts: {
    fetching: 'Enquanto isso, o nó continua rodando.',
    proving: 'Se não funcionar, a versão anterior volta sozinha.',
  },
};

export const move: Words['move'] = {
  action: 'Mover os dados',
  actionHelp: 'Para uma pasta em outro disco',
  title: (name) => `Mover os dados de ${name}`,
  from: 'De',
  to: 'Para uma pasta no disco novo',
  toHelp: 'Os dados vão exatamente para esta pasta: uma nova ou uma vazia.',
  pick: 'Discos deste computador',
  free: (free) => `${free} livres`,
  short: 'espaço insuficiente',
  current: 'está com os dados agora',
  steps: 'O que acontece',
  stepList: (size) => [
    'O nó é parado de forma limpa, e os nós que precisam dele esperam.',
    `Os dados (${size}) são copiados e cada arquivo é verificado.`,
    'O nó inicia a partir da pasta nova.',
    'Só quando ele responde de lá a pasta antiga é apagada.',
  ],
  sizeUnknown: 'todos',
  safe: 'Se algo der errado, a pasta antiga continua completa e em uso.',
  consent: 'Parar o nó enquanto os dados são copiados',
  confirm: 'Mover os dados',
  busy: 'Registrando…',
  started: (name) => `Os dados de ${name} estão a caminho.`,
  phases: {
    copying: 'Copiando os dados',
    proving: 'Testando a pasta nova',
    erasing: 'Apagando a pasta antiga',
  },
  phaseTexts: {
    copying: 'Cada arquivo é verificado assim que chega. A pasta antiga continua completa.',
    proving: 'O nó inicia a partir da pasta nova. A antiga é mantida até ele responder.',
    erasing: 'O nó roda a partir da pasta nova.',
  },
  of: (done, total) => `${done} de ${total} copiados e verificados`,
};
