// How things went: curves of a node and of the machine, and crashes.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('es');

export const history: Words['history'] = {
  heading: 'Historial',
  range: 'Período',
  ranges: { '24': '24 horas', '720': '30 días' },
  rangeWords: { '24': 'las últimas 24 horas', '720': 'los últimos 30 días' },
  service: 'Servicio',
  allServices: 'Todos juntos',
  none: 'No se registró nada en este período.',
  loading: 'Leyendo el historial…',
  machine: 'Cómo le ha ido al equipo',
  charts: {
    percent: 'Sincronizado',
    height: 'Altura de bloque',
    peers: 'Pares',
    cpu: 'CPU',
    memory: 'Memoria',
    disk: 'Disco',
    net: 'Red',
    io: 'Tráfico de disco',
  },
  lines: { in: 'recibido', out: 'enviado', read: 'leído', write: 'escrito' },
  summary: (name, range, low, high, last) => `${name} en ${range}: entre ${low} y ${high}, ${last} al final`,
  time: 'Hora',
  table: (name) => `${name} en una tabla`,
  noValue: 'sin dato',
};

export const crashes: Words['crashes'] = {
  heading: 'Cierres inesperados',
  count: (n) => plural(n, { one: 'Se cerró por sí solo una vez', other: `Se cerró por sí solo ${n} veces` }),
  lines: (n) => plural(n, { one: 'Su última línea', other: `Sus últimas ${n} líneas` }),
  noLines: 'No escribió nada.',
  region: (service, at) => `Últimas líneas de ${service}, ${at}`,
};
