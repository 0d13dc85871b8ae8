// Activity and its files, the support bundle, registries, the start at login, the end.
import type { Words } from '../text';

export const timeline: Words['timeline'] = {
  filters: 'Filtros',
  subject: 'Sobre',
  anySubject: 'Todos los nodos y carteras',
  search: 'Buscar',
  searchHelp: 'En frases, nombres y valores',
  time: 'Cuándo',
  times: { any: 'Cualquier momento', day: 'Últimas 24 horas', week: 'Últimos 7 días', month: 'Últimos 30 días', between: 'Entre dos días' },
  from: 'Desde',
  to: 'Hasta',
  clear: 'Quitar los filtros',
  older: 'Mostrar entradas anteriores',
  loadingOlder: 'Cargando…',
  end: 'Eso es todo.',
  shown: (count) => `${count} mostradas`,
  nothing: 'Nada coincide',
  nothingText: 'Ninguna entrada cumple todos estos filtros.',
  changed: 'Qué ha cambiado',
  none: 'nada',
  became: 'pasó a ser',
  save: 'Guardar como',
  formats: { json: 'JSON', csv: 'Tabla CSV' },
  saveHelp: 'Todas las entradas que cumplen los filtros, también las que aún no se muestran.',
  savedTo: (path) => `Guardado en ${path}`,
  downloaded: (name) => `${name} se ha descargado`,
};

export const support: Words['support'] = {
  heading: 'Paquete de soporte',
  lead: 'Lo que necesita saber quien le ayude. No se envía nada: usted lo ve, lo guarda y decide quién lo recibe.',
  hidden: 'Se ocultan contraseñas, claves, su nombre, el nombre de este equipo, carpetas personales, correos y direcciones públicas. Los archivos de carteras nunca forman parte de él.',
  show: 'Mostrar lo que contiene',
  gathering: 'Reuniendo…',
  again: 'Reunir de nuevo',
  save: 'Guardar este paquete',
  saving: 'Guardando…',
  summary: (files, size, hidden) => `${files} archivos, ${size}, ${hidden} datos ocultos.`,
  files: 'Archivos del paquete',
  content: (name) => `Contenido de ${name}`,
  empty: 'Este archivo está vacío.',
};

export const registries: Words['registries'] = {
  heading: 'Registros de imágenes',
  lead: 'De dónde vienen las imágenes de los nodos. El motor los consulta solo cuando usted instala o actualiza.',
  mirrors: 'Freehold usa el registro que nombra el catálogo. Puede indicar un registro propio en su propia carpeta de catálogo.',
  host: 'Registro',
  of: 'Imágenes de',
  reached: 'Última conexión',
  never: 'Aún no consultado en este equipo',
  ago: (span) => `Conectado ${span}`,
  failed: (span) => `Sin conexión ${span}`,
  used: (nodes) => `Usado por ${nodes}`,
  more: (count) => `y ${count} más`,
  list: (names) => names.join(', '),
};

export const system: Words['system'] = {
  heading: 'Inicio automático',
  login: 'Iniciar al abrir la sesión',
  loginHelp: 'En la bandeja, sin ventana. El sistema guarda este ajuste; Freehold se lo pregunta cada vez.',
  loginElsewhere: 'Se ajusta en la propia ventana de Freehold. Aquí, en un navegador, no hay nada que iniciar.',
  loginOther: 'No para un Freehold al que se dio otra carpeta.',
  asking: 'Preguntando al sistema…',
  dataDisk: 'Disco para los datos de la cadena de nodos nuevos',
  releases: 'Versiones nuevas',
  releasesText: 'Freehold no pregunta a ningún servidor si hay una versión más nueva. Las nuevas llegan por donde llegó esta: la fuente de paquetes o la página de la que la obtuvo. Lo que ha cambiado está en las notas de la versión.',
  catalogText: 'Cuando el catálogo indica una versión más nueva de un nodo, se anuncia en la página del nodo y, si lo desea, en el escritorio. No se actualiza nada salvo que usted lo diga o configure el nodo para ello.',
};

export const quitting: Words['quitting'] = {
  goesOn: 'Sigue sin Freehold',
  goesOnText: 'Sus nodos y cada cartera que use uno.',
  rests: 'Queda en pausa hasta que Freehold vuelva',
  restsText: 'Notificaciones, reglas de batería, red de uso medido y horarios, la vigilancia de discos llenos y los cambios que esperan a que se cierre una cartera.',
  hide: 'Ocultar en la bandeja',
  remember: 'Hacer lo mismo la próxima vez sin preguntar',
};
