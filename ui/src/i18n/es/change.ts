// Changing a node that exists: its settings, its version, the place of its data.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('es');

export const effects: Words['effects'] = {
  words: { none: 'al instante', restart: 'reinicio', reindex: 'reindexar', resync: 'resincronizar', never: 'no es posible' },
  heads: {
    none: 'No hay que reiniciar nada',
    restart: 'El nodo se reinicia',
    reindex: 'El nodo vuelve a construir un índice',
    resync: 'El nodo se sincroniza de nuevo desde el principio',
    never: 'Esto no se puede cambiar en un nodo que ya existe',
  },
  texts: {
    none: 'El cambio vale desde ahora y el nodo sigue en marcha.',
    restart: 'Se detiene limpiamente y se inicia de nuevo. Las carteras tienen que esperar un minuto o dos.',
    reindex: 'Se detiene y recorre los bloques que ya tiene. No se descarga nada de nuevo, pero puede tardar de horas a días.',
    resync: 'Se detiene, y todo se descarga y se comprueba de nuevo. Las carteras tienen que esperar hasta que termine.',
    never: 'En su lugar, instale otro nodo con estas opciones.',
  },
  becomes: 'pasa a ser',
  nothing: 'vacío',
  hidden: 'oculto',
};

export const change: Words['change'] = {
  heading: 'Ajustes',
  lead: 'Antes de hacer nada se muestra qué supone cada cambio.',
  advanced: (n) => `Más opciones (${n})`,
  none: 'Este cliente no tiene nada que ajustar.',
  changed: (n) => plural(n, { one: 'Un cambio', other: `${n} cambios` }),
  undo: 'Deshacer',
  review: 'Ver qué supone',
  kept: 'Déjelo vacío para conservar el valor actual.',
  title: 'Qué supone este cambio',
  working: 'Calculando qué supone…',
  restarts: 'Estos nodos se detienen y se inician con él',
  consent: 'Sé lo que supone y quiero continuar',
  confirm: { none: 'Cambiar', restart: 'Cambiar y reiniciar', reindex: 'Cambiar y reindexar', resync: 'Cambiar y resincronizar' },
  done: (name) => `${name} tiene sus nuevos ajustes.`,
  nothing: 'No cambiaría nada.',
};

export const version: Words['version'] = {
  heading: 'Versión',
  upToDate: 'Ejecuta la versión que indica el catálogo.',
  available: (to) => `${to} está disponible`,
  service: 'Servicio',
  now: 'Ahora',
  then: 'Después',
  unresolved: 'El digest se lee del registro al actualizar.',
  oneWay: 'No hay vuelta atrás',
  oneWayText: 'La versión nueva cambia los datos de un modo que la anterior no puede leer. Para volver habría que borrar los datos y sincronizarlos de nuevo.',
  unknown: 'No es seguro que se pueda volver atrás',
  unknownText: 'Nadie ha comprobado si la versión anterior puede leer los datos una vez que la nueva los ha escrito.',
  twoWay: 'Después se puede recuperar la versión que se usa ahora.',
  notes: 'Notas de la versión',
  expires: (date) => `Esta versión es válida hasta el ${date}.`,
  update: (to) => `Actualizar a ${to}`,
  updateTitle: (name, to) => `¿Actualizar ${name} a ${to}?`,
  updateText: 'La imagen se descarga mientras el nodo sigue en marcha. Después se detiene limpiamente, se inicia con la versión nueva y se vigila; si no funciona, se recupera la anterior.',
  updating: 'Anotando…',
  updateDone: (name) => `${name} se está actualizando.`,
  rollback: (to) => `Volver a ${to}`,
  rollbackTitle: (name, to) => `¿Devolver ${name} a ${to}?`,
  rollbackText: 'El nodo se detiene limpiamente y se inicia con la versión anterior. Sus ajustes y sus datos se conservan.',
  rollbackDone: (name) => `${name} vuelve a la versión anterior.`,
  noRollback: 'Sin vuelta atrás',
  consent: 'Sé que quizá no haya vuelta atrás',
  phases: {
    fetching: 'Descargando la versión nueva',
    proving: 'Probando la versión nueva',
  },
  phaseTexts: {
    fetching: 'Mientras tanto, el nodo sigue en marcha.',
    proving: 'Si no funciona, la versión anterior se recupera sola.',
  },
};

export const move: Words['move'] = {
  action: 'Mover los datos',
  actionHelp: 'A una carpeta de otro disco',
  title: (name) => `Mover los datos de ${name}`,
  from: 'Desde',
  to: 'A una carpeta del disco nuevo',
  toHelp: 'Los datos van exactamente a esta carpeta: una nueva o una vacía.',
  pick: 'Discos de este equipo',
  free: (free) => `${free} libres`,
  short: 'espacio insuficiente',
  current: 'los contiene ahora',
  steps: 'Qué ocurre',
  stepList: (size) => [
    'El nodo se detiene limpiamente, y los nodos que lo necesitan esperan.',
    `Se copian los datos (${size}) y se comprueba cada archivo.`,
    'El nodo se inicia desde la carpeta nueva.',
    'Solo cuando responde desde allí se borra la carpeta anterior.',
  ],
  sizeUnknown: 'todos',
  safe: 'Si algo sale mal, la carpeta anterior queda completa y en uso.',
  consent: 'Detener el nodo mientras se copian sus datos',
  confirm: 'Mover los datos',
  busy: 'Anotando…',
  started: (name) => `Los datos de ${name} están en camino.`,
  phases: {
    copying: 'Copiando los datos',
    proving: 'Probando la carpeta nueva',
    erasing: 'Borrando la carpeta anterior',
  },
  phaseTexts: {
    copying: 'Cada archivo se comprueba en cuanto llega. La carpeta anterior queda completa.',
    proving: 'El nodo se inicia desde la carpeta nueva. La anterior se conserva hasta que responda.',
    erasing: 'El nodo funciona desde la carpeta nueva.',
  },
  of: (done, total) => `${done} de ${total} copiados y comprobados`,
};
