// The logins of a node.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('es');

export const credentials: Words['credentials'] = {
  heading: 'Accesos',
  lead: 'Cada cartera tiene su propio acceso; así se puede revocar uno sin tocar los demás.',
  working: 'Leyendo los accesos…',
  none: 'Este nodo no tiene accesos propios.',
  unused: (n) => plural(n, { one: 'Un acceso que no se ha dado a nadie', other: `${String(n)} accesos que no se han dado a nadie` }),
  user: 'Usuario',
  may: 'Puede llamar a',
  methods: (name, n) => `${name}, ${n} métodos`,
  everything: (name) => `${name}, todos los métodos`,
  files: 'Escrito en',
  nodes: 'Usado por',
  used: 'Último uso',
  revokedAt: 'Revocado',
  never: 'no se sabe',
  kinds: { wallet: 'Cartera o herramienta', node: 'Otro nodo suyo', freehold: 'Consultas del propio Freehold' },
  states: { active: 'En uso', revoked: 'Revocado', rotating: 'Cambiándose', 'not-handed-out': 'Sin entregar' },
  revoke: 'Revocar',
  rotate: 'Contraseña nueva',
  giveAgain: 'Dar de nuevo',
  actionName: (action, name) => `${action}: ${name}`,
  titles: {
    revoke: (name) => `¿Revocar el acceso de ${name}?`,
    rotate: (name) => `¿Contraseña nueva para ${name}?`,
  },
  confirm: { revoke: 'Revocar el acceso', rotate: 'Crear una contraseña nueva' },
  busy: { revoke: 'Revocando…', rotate: 'Creando…' },
  done: {
    revoke: (name) => `Se ha revocado el acceso de ${name}`,
    rotate: (name) => `${name} recibe una contraseña nueva`,
  },
  preparing: 'Calculando qué supone…',
  means: 'Qué supone',
  restarts: 'Se reinician con él',
  writes: 'Archivos que se escriben',
};
