// Words that every page uses.
import { number } from '../locale';
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('es');

export const units: Words['units'] = {
  seconds: (n) => `${n}\u00a0s`,
  minutes: (n) => `${n}\u00a0min`,
  hours: (n) => `${n}\u00a0h`,
  days: (n) => `${number(n)}\u00a0${plural(n, { one: 'día', other: 'días' })}`,
  years: (n) => `${number(n, 0, 1)}\u00a0${plural(n, { one: 'año', other: 'años' })}`,
  bytes: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  binary: { mebi: 'MiB', gibi: 'GiB' },
  perSecond: (amount) => `${amount}/s`,
  percent: (n) => `${n}\u00a0%`,
  two: (large, small) => `${large} ${small}`,
  bounds: {
    'disk speed': 'la velocidad del disco', 'network speed': 'la velocidad de la red', 'processor speed': 'la velocidad del procesador',
    'too few peers': 'la falta de pares',
  },
  range: (low, high) => `${low} a ${high}`,
  under: (limit) => `menos de ${limit}`,
  ago: (span) => `hace ${span}`,
  now: 'ahora mismo',
  colon: ': ',
  comma: ', ',
  end: '.',
  space: ' ',
};

export const status: Words['status'] = {
  pulling: 'Descargando',
  starting: 'Iniciando',
  syncing: 'Sincronizando',
  ready: 'Listo',
  degraded: 'Requiere atención',
  moving: 'Moviendo',
  paused: 'En pausa',
  stopping: 'Deteniendo',
  stopped: 'Detenido',
  retrying: 'Reintentando',
  failed: 'Ha fallado',
  'wrong-chain': 'Otra cadena',
  expired: 'Caducado',
  unknown: 'Desconocido',
};

export const actions: Words['actions'] = {
  cancel: 'Cancelar',
  close: 'Cerrar',
  copy: 'Copiar',
  copied: 'Copiado',
  notCopied: 'No se pudo copiar',
  copyOf: (what) => `Copiar: ${what}`,
  tryAgain: 'Reintentar',
  checkAgain: 'Comprobar de nuevo',
  checking: 'Comprobando…',
  openLog: 'Abrir el log',
  working: 'En curso…',
  done: 'Listo',
  show: 'Mostrar',
  hide: 'Ocultar',
  back: 'Atrás',
  showSecret: (what) => `Mostrar: ${what}`,
  hideSecret: (what) => `Ocultar: ${what}`,
  dismiss: 'Descartar',
};

export const shell: Words['shell'] = {
  name: 'Freehold',
  skip: 'Ir al contenido',
  mainNav: 'Navegación principal',
  nodes: 'Nodos',
  catalog: 'Catálogo',
  wallets: 'Carteras',
  activity: 'Actividad',
  settings: 'Ajustes',
  help: 'Ayuda',
  loading: 'Examinando este equipo…',
  opening: 'Abriendo esta página…',
  lostTitle: 'El núcleo de Freehold no responde',
  lostText: 'Lo que ve puede estar desactualizado. Sus nodos no se ven afectados. Esta página lo intenta de nuevo por sí sola.',
  expiredTitle: 'Este enlace ya se usó o ha caducado',
  expiredText: 'Cada enlace abre Freehold una sola vez. Ejecute de nuevo este comando y abra el enlace que muestre.',
  expiredCommand: 'freehold serve',
  messages: 'Mensajes',
  notices: 'Conviene saber',
  quit: {
    title: '¿Mantener los nodos en marcha?',
    text: (count) => plural(count, {
      one: 'Hay un nodo en marcha. Puede seguir sin esta ventana.',
      other: `Hay ${count} nodos en marcha. Pueden seguir sin esta ventana.`,
    }),
    keep: 'Mantener en marcha',
    stop: 'Detenerlos y salir',
    note: 'Se detienen limpiamente: cada nodo escribe antes su estado en el disco. Uno grande puede tardar varios minutos.',
    settingHint: 'Puede fijar esta elección de una vez en Ajustes.',
  },
};
