// Words that every page uses.
import { number } from '../locale';
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('pt');

export const units: Words['units'] = {
  seconds: (n) => `${n}\u00a0s`,
  minutes: (n) => `${n}\u00a0min`,
  hours: (n) => `${n}\u00a0h`,
  days: (n) => `${number(n)}\u00a0${plural(n, { one: 'dia', other: 'dias' })}`,
  years: (n) => `${number(n, 0, 1)}\u00a0${plural(n, { one: 'ano', other: 'anos' })}`,
  bytes: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  binary: { mebi: 'MiB', gibi: 'GiB' },
  perSecond: (amount) => `${amount}/s`,
  percent: (n) => `${n}%`,
  two: (large, small) => `${large} ${small}`,
  bounds: {
    'disk speed': 'velocidade do disco', 'network speed': 'velocidade da rede', 'processor speed': 'velocidade do processador',
    'too few peers': 'falta de pares',
  },
  range: (low, high) => `${low} a ${high}`,
  under: (limit) => `menos de ${limit}`,
  ago: (span) => `há ${span}`,
  now: 'agora mesmo',
  colon: ': ',
  comma: ', ',
  end: '.',
  space: ' ',
};

export const status: Words['status'] = {
  pulling: 'Baixando',
  starting: 'Iniciando',
  syncing: 'Sincronizando',
  ready: 'Pronto',
  degraded: 'Requer atenção',
  moving: 'Movendo',
  paused: 'Pausado',
  stopping: 'Parando',
  stopped: 'Parado',
  retrying: 'Tentando de novo',
  failed: 'Falhou',
  'wrong-chain': 'Outra blockchain',
  expired: 'Expirado',
  unknown: 'Desconhecido',
};

export const actions: Words['actions'] = {
  cancel: 'Cancelar',
  close: 'Fechar',
  copy: 'Copiar',
  copied: 'Copiado',
  notCopied: 'Não foi possível copiar',
  copyOf: (what) => `Copiar: ${what}`,
  tryAgain: 'Tentar de novo',
  checkAgain: 'Verificar de novo',
  checking: 'Verificando…',
  openLog: 'Abrir o log',
  working: 'Em andamento…',
  done: 'Pronto',
  show: 'Mostrar',
  hide: 'Ocultar',
  back: 'Voltar',
  showSecret: (what) => `Mostrar: ${what}`,
  hideSecret: (what) => `Ocultar: ${what}`,
  dismiss: 'Dispensar',
};

export const shell: Words['shell'] = {
  name: 'Freehold',
  skip: 'Ir para o conteúdo',
  mainNav: 'Navegação principal',
  nodes: 'Nós',
  catalog: 'Catálogo',
  wallets: 'Carteiras',
  activity: 'Atividade',
  settings: 'Configurações',
  help: 'Ajuda',
  loading: 'Examinando este computador…',
  opening: 'Abrindo esta página…',
  lostTitle: 'O núcleo do Freehold não responde',
  lostText: 'O que você vê pode estar desatualizado. Seus nós não são afetados. Esta página tenta de novo sozinha.',
  expiredTitle: 'Este link já foi usado ou expirou',
  expiredText: 'Cada link abre o Freehold uma única vez. Execute este comando de novo e abra o link que ele mostrar.',
  expiredCommand: 'freehold serve',
  messages: 'Mensagens',
  notices: 'Bom saber',
  quit: {
    title: 'Manter os nós rodando?',
    text: (count) => plural(count, {
      zero: 'Nenhum nó está rodando.',
      one: 'Um nó está rodando. Ele pode continuar sem esta janela.',
      other: `${count} nós estão rodando. Eles podem continuar sem esta janela.`,
    }),
    keep: 'Manter rodando',
    stop: 'Parar tudo e sair',
    note: 'A parada é limpa: cada nó grava antes o seu estado no disco. Um nó grande pode levar vários minutos.',
    settingHint: 'Você pode definir esta escolha de uma vez por todas em Configurações.',
  },
};
