// The first page: the engine, the disk for chain data, the doors; and the disks wherever they are chosen.
import type { Words } from '../text';

const kinds: Record<string, string> = { ssd: 'SSD', hdd: 'Disco duro', removable: 'Extraíble', network: 'Red', unknown: 'Tipo desconocido' };

export const disks: Words['disks'] = {
  legend: 'Disco para los datos de la cadena',
  kind: (kind) => kinds[kind] ?? kind,
  kindNotes: {
    hdd: 'En un disco duro, la primera sincronización tarda días en vez de horas.',
    removable: 'Solo se puede usar mientras está conectado.',
    network: 'Es lento, y ahí las bases de datos pueden dañarse. No se recomienda.',
  },
  free: (free, total) => `${free} libres de ${total}`,
  folder: 'Carpeta',
  own: 'Carpeta de Freehold',
  inUse: 'En uso',
  fits: 'Qué cabe',
  whole: (name) => `${name}: cabe entero`,
  part: (name) => `${name}: cabe sin bloques antiguos`,
  none: (name) => `${name}: no cabe`,
  measure: 'Medir la velocidad',
  measureOf: (place) => `Medir la velocidad de ${place}`,
  measuring: 'Midiendo…',
  speed: (write, reads) => `${write} de escritura, ${reads} lecturas pequeñas por segundo`,
  verdicts: { fast: 'Bastante rápido para cualquier cadena', fair: 'Suficiente para una primera sincronización de unos días', slow: 'Demasiado lento para una cadena grande' },
  mend: 'Así se puede usar:',
  lookAgain: 'Mirar de nuevo',
  loading: 'Mirando los discos…',
};

export const start: Words['start'] = {
  steps: { engine: 'Motor de contenedores', disk: 'Dónde van los datos de la cadena', doors: 'Qué construir' },
  stepDone: 'Hecho',
  stepOpen: 'Pendiente',
  engine: {
    answers: (name) => `${name} responde.`,
    details: 'Detalles',
    looking: 'Buscando uno…',
    headings: {
      missing: 'Los nodos funcionan en cajas cerradas, y falta el programa para ello',
      stopped: 'Hay un motor de contenedores instalado que no está en marcha',
      denied: 'Hay un motor de contenedores en marcha que no le deja entrar',
    },
    leads: {
      missing: 'Un motor de contenedores como Docker o Podman inicia, detiene y quita cada nodo sin dejar rastro. Así se instala uno en su sistema.',
      stopped: 'Hay que iniciarlo una vez. Así se hace.',
      denied: 'Su usuario necesita permiso para usarlo. Así se le da.',
    },
    unknownHeading: 'El motor de contenedores no responde',
    green: 'Esta página se pone verde sola en cuanto el motor responde.',
    offer: 'Dejar que lo haga Freehold',
    offerLead: 'Se ejecutaría exactamente esto:',
    consent: 'Ejecutar estos comandos en mi equipo',
    run: 'Ejecutar',
    starting: 'Iniciando…',
    runHint: 'Marque antes la casilla: nada se ejecuta sin su consentimiento.',
    byHand: 'O hágalo usted en una terminal',
    inTerminal: 'Ejecute esto en una terminal',
    states: {
      running: 'En curso. Si el sistema pide una contraseña, busque su ventana.',
      waiting: 'Todos los comandos terminaron bien. Esperando al motor…',
      done: 'El motor está preparado.',
      failed: 'No ha funcionado.',
    },
    ended: (done, all) => `${done} de ${all} hechos`,
    output: 'Lo que dicen los comandos',
    noOutput: 'Nada todavía.',
  },
  disk: {
    lead: 'Cada nodo recibe ahí su propia carpeta. Puede elegir otra para cada nodo y moverla más tarde.',
    chosen: (place, free) => `${place}, ${free} libres`,
    change: 'Elegir otro disco',
    saved: (folder) => `Los nuevos datos de la cadena van a ${folder} desde ahora.`,
  },
  ethereum: {
    title: 'Ethereum para mi cartera',
    text: 'Dos programas que juntos comprueban la cadena. Su cartera los consulta a ellos y a nadie más.',
    disk: (size) => `${size} de disco`,
    memory: (size) => `${size} de memoria`,
  },
  verdict: {
    fits: 'Cabe en este equipo',
    fitsWhole: 'Cabe; también cabrían todos los bloques',
    fitsLess: (size) => `Solo cabe con menos historial, desde ${size}`,
    disk: (wanted, free, place) => `No cabe: pide ${wanted} con una décima parte de margen; en ${place} hay ${free} libres`,
    memory: (needed, has) => `Pide ${needed} de memoria; este equipo tiene ${has}`,
    unknown: 'No se sabe si cabe',
  },
  sync: (range) => `Primera sincronización: ${range}`,
  syncHere: (range) => `Primera sincronización en este disco: ${range}`,
  practice: {
    heading: '¿Solo quiere probar?',
    text: 'El modo de práctica es una cadena privada en este equipo: sin sincronizar, sin ocupar espacio, sin dinero real. Todos los botones funcionan, en dos minutos.',
    bitcoin: 'Practicar con Bitcoin',
    ethereum: 'Practicar con Ethereum',
    clean: 'Bórrelo cuando quiera; no se toca nada más.',
  },
  needsEngine: 'Ya puede echar un vistazo; para instalar hace falta el motor.',
};

export const fixes: Words['fixes'] = {
  option: (option, value) => `${option}: elegir «${value}»`,
  off: (option) => `Desactivar «${option}»`,
  on: (option) => `Activar «${option}»`,
  folder: (place, free) => `Usar ${place} (${free} libres)`,
  port: (port) => `Usar el puerto ${port}`,
  both: (first, second) => `${first}; ${second}`,
  need: (client) => `Instalar para él un ${client} nuevo`,
  engine: 'Obtener el motor de contenedores',
  done: (what) => `Cambiado: ${what}. Comprobando de nuevo.`,
  label: 'Formas de arreglarlo',
};

export const underway: Words['underway'] = {
  text: (name) => `«${name}» se está instalando ahora mismo.`,
  see: 'Ver su progreso',
};
