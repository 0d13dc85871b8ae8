// How things went: curves of a node and of the machine, and crashes.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('pt');

export const history: Words['history'] = {
  heading: 'Histórico',
  range: 'Período',
  ranges: { '24': '24 horas', '720': '30 dias' },
  rangeWords: { '24': 'nas últimas 24 horas', '720': 'nos últimos 30 dias' },
  service: 'Serviço',
  allServices: 'Todos juntos',
  none: 'Nada foi registrado neste período.',
  loading: 'Lendo o histórico…',
  machine: 'Como o computador esteve',
  charts: {
    percent: 'Sincronizado',
    height: 'Altura do bloco',
    peers: 'Pares',
    cpu: 'CPU',
    memory: 'Memória',
    disk: 'Disco',
    net: 'Rede',
    io: 'Tráfego de disco',
  },
  lines: { in: 'recebido', out: 'enviado', read: 'lido', write: 'gravado' },
  summary: (name, range, low, high, last) => `${name} ${range}: entre ${low} e ${high}, ${last} no final`,
  time: 'Hora',
  table: (name) => `${name} em uma tabela`,
  noValue: 'sem dado',
};

export const crashes: Words['crashes'] = {
  heading: 'Encerramentos inesperados',
  count: (n) => plural(n, { zero: 'Encerrou sozinho 0 vezes', one: 'Encerrou sozinho uma vez', other: `Encerrou sozinho ${n} vezes` }),
  lines: (n) => plural(n, { zero: 'Nenhuma última linha', one: 'A última linha', other: `As últimas ${n} linhas` }),
  noLines: 'Não escreveu nada.',
  region: (service, at) => `Últimas linhas de ${service}, ${at}`,
};
