// The container engine: looking for it, getting one, losing it; and the first page after it was found.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('es');
const kinds: Record<string, string> = { docker: 'Docker', podman: 'Podman' };
const kindName = (kind: string | null) => (kind === null ? 'Motor' : (kinds[kind] ?? kind));

export const engine: Words['engine'] = {
  states: { looking: 'Buscando…', connected: 'Conectado', down: 'No responde' },
  kindName,
  chip: (kind, version) => [kindName(kind), version?.split('.').slice(0, 2).join('.')].filter(Boolean).join(' '),
  chipState: { looking: 'buscando…', connected: 'conectado', down: 'no responde' },
  chipLabel: (name, state) => `Motor de contenedores: ${name}, ${state}`,
  rootless: 'sin root',
  heading: 'Lo primero: un motor de contenedores',
  lead: 'Un motor como Docker o Podman ejecuta cada nodo en su propia caja cerrada, para poder iniciarlo, detenerlo y quitarlo sin dejar rastro.',
  lookingHeading: 'Buscando un motor de contenedores',
  lookingText: 'Freehold prueba todos los lugares donde puede haber uno. Tarda unos segundos.',
  foundHeading: 'El motor responde',
  foundText: (name) => `${name} está conectado. No hace falta nada más.`,
  goOn: 'Continuar',
  guideFor: (system) => `En ${system}`,
  noGuide: 'Instale Docker o Podman con las herramientas de su sistema, inícielo y compruebe de nuevo.',
  runInTerminal: 'Copie cada línea en una terminal. Esta página se pone verde sola en cuanto el motor responde.',
  lookedAt: (count) => `Dónde ha buscado Freehold (${count})`,
  lostTitle: 'El motor de contenedores no responde',
  lostText: 'Hasta que vuelva, nadie puede decir cómo están sus nodos. Los datos están a salvo y esta página se recupera sola.',
  how: 'Qué hacer',
  address: 'Dirección',
  version: 'Versión',
  api: 'API',
  mode: 'Modo',
  modeRoot: 'servicio del sistema',
  shares: 'directamente en este equipo',
  virtual: 'en una máquina virtual',
};

export const welcome: Words['welcome'] = {
  heading: 'Su propio terreno',
  lead: 'Elija qué construir en él. Todo se puede detener, mover y deshacer más tarde.',
  anotherHeading: 'Añadir un nodo',
  bitcoin: {
    title: 'Bitcoin para mi cartera',
    text: 'Un nodo que comprueba cada bloque y conserva los más recientes. Su cartera lo consulta a él y a nadie más.',
    facts: (disk, sync) => [disk, sync],
    disk: (size) => `${size} de disco`,
  },
  practice: {
    title: 'Modo de práctica',
    text: 'Una cadena privada en este equipo para probar todos los botones. Sin descargar ninguna cadena, sin dinero real.',
    facts: ['Casi nada de disco', 'Dos minutos'],
  },
  choose: {
    title: 'Elegir por mi cuenta',
    text: 'Todos los nodos del catálogo, todas las redes, todas las opciones.',
    facts: (count) => [plural(count, { one: 'Una entrada por ahora', other: `${count} entradas` }), 'Todas sus redes'],
  },
  recommended: 'La mayoría empieza aquí',
  promise: 'Freehold no tiene cuentas ni servidores. Solo contacta con su motor, con los registros de los que usted descarga y con sus propios nodos.',
};
