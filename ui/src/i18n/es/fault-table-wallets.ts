// The words of the faults of wallets and endpoints.
import type { Words } from '../text';

const untouched = 'El archivo de la cartera no se ha tocado.';

export const walletFaults = {
  'wallet-unknown': { title: 'Esa cartera no existe', why: 'Freehold no puede conectar `{wallet}`. Conocidas: {known}.', todo: null },
  'wallet-not-found': {
    title: 'No se encontraron los ajustes de la cartera',
    why: '{wallet} los guarda en {path}, que no existe.',
    todo: 'Inicie la cartera una vez para que cree sus ajustes, ciérrela e inténtelo de nuevo.',
  },
  'wallet-running': {
    title: 'La cartera está abierta',
    why: '{wallet} ({evidence}) sobrescribiría el cambio al cerrarse. No se ha cambiado nada.',
    todo: 'Cierre {wallet} e inténtelo de nuevo.',
  },
  'wallet-file-malformed': {
    title: 'Los ajustes de la cartera no se pueden leer',
    why: '{path}: {reason}. No se ha cambiado nada.',
    todo: 'Abra la cartera para ver si ella puede, o corrija el archivo.',
  },
  'wallet-file-read-only': {
    title: 'Los ajustes de la cartera no se pueden escribir',
    why: '{path}: {reason}. No se ha cambiado nada.',
    todo: 'Dé a su usuario permiso para escribirlo (`chmod u+w`) e inténtelo de nuevo.',
  },
  'wallet-file-symlink': {
    title: 'El archivo de ajustes de la cartera es un enlace',
    why: '{path} apunta a {target}. Freehold no escribe a través de enlaces, para no cambiar otro archivo por sorpresa.',
    todo: 'Sustituya el enlace por el propio archivo, o edite a mano el archivo al que apunta.',
  },
  'wallet-file-changed': {
    title: 'Los ajustes de la cartera cambiaron mientras Freehold trabajaba',
    why: '{path} ya no es el archivo previsto. No se ha escrito nada.',
    todo: 'Cierre todos los programas que lo usan e inténtelo de nuevo.',
  },
  'wallet-protocol': { title: 'La cartera no puede usar ese endpoint', why: '{wallet} habla {spoken}; el endpoint es {offered}. {reason}', todo: null },
  'wallet-conflict': {
    title: 'La cartera no usaría el endpoint nuevo',
    why: '{path}: {reason}. No se ha cambiado nada.',
    todo: 'Cámbielo a mano en la cartera o en su archivo y conéctela de nuevo.',
  },
  'wallet-needs': { title: 'Al nodo le falta lo que la cartera necesita', why: `{lacks} ${untouched}`, todo: null },
  'credential-revoked': { title: 'El acceso fue revocado', why: '{node} ya no conoce al usuario {consumer}: su acceso fue revocado.', todo: null },
  'nothing-to-revert': { title: 'No hay nada que restaurar', why: 'Freehold no ha conectado {wallet} en {network}.', todo: null },
  'wallet-journal': {
    title: 'No se pudo escribir la copia de seguridad',
    why: `{path}: {reason}. ${untouched}`,
    todo: 'Compruebe el espacio y los permisos de la carpeta de Freehold e inténtelo de nuevo.',
  },
  'endpoint-invalid': { title: 'Eso no es un endpoint', why: '`{endpoint}`: {reason}.', todo: 'Escriba, por ejemplo, `bitcoin+http://127.0.0.1:8332`.' },
  'endpoint-silent': {
    title: 'El endpoint no responde',
    why: `{endpoint}: {reason}. ${untouched}`,
    todo: 'Inicie el nodo, espere a que responda e inténtelo de nuevo.',
  },
  'endpoint-auth': { title: 'El endpoint rechaza la contraseña', why: `{endpoint} no acepta al usuario {user}. ${untouched}`, todo: 'Compruebe el usuario y la contraseña.' },
  'endpoint-wrong-chain': { title: 'El endpoint está en otra cadena', why: `{endpoint}: se esperaba {expected} y se encontró {found}. ${untouched}`, todo: null },
  'endpoint-warming-up': {
    title: 'El nodo todavía se está iniciando',
    why: `{endpoint} dice: {message}. ${untouched}`,
    todo: 'Espere a que esté listo e inténtelo de nuevo.',
  },
  'endpoint-unreadable': {
    title: 'En el endpoint responde otra cosa',
    why: `{endpoint}: {reason}. ${untouched}`,
    todo: 'Compruebe el puerto: puede que ahí escuche otro programa.',
  },
} satisfies Partial<Words['faults']['table']>;
