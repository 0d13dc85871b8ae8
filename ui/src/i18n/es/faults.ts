// What went wrong, for somebody who looks at a window. The table of all codes stands beside.
import type { Words } from '../text';
import { table } from './fault-table';

export const faults: Words['faults'] = {
  why: 'Por qué',
  steps: 'Qué hacer',
  code: 'Código',
  table,
  local: {
    hostSilent: 'el servicio de Freehold no responde',
    sessionExpired: 'la sesión ha caducado',
    status: (code) => `estado HTTP ${code}`,
  },
  window: {
    chooseFolder: 'Elija otra carpeta para los datos de la cadena.',
    chooseDisk: 'Elija una carpeta en otro disco o conserve solo los bloques más recientes (almacenamiento: podado).',
    giveFolder: (user, path) => `Elija otra carpeta, o dé esta a ese usuario: \`sudo chown -R ${user} ${path}\`.`,
    confirm: 'Marque la casilla que dice que quiere continuar.',
    seeCatalog: 'Abra el catálogo y elija una entrada.',
    seeOptions: 'Cambie el valor; su intervalo está al lado.',
    chooseName: 'Elija otro nombre.',
    seeNodes: 'Abra la lista de nodos.',
    seeWallets: 'Abra la lista de carteras.',
    seeHistory: 'Mire en el historial de la cartera qué se hizo.',
    chooseNode: 'Elija un nodo de la misma red.',
    changeNode: 'Deje que Freehold cambie el nodo como se muestra, o conecte igualmente.',
    giveNewPassword: 'Dele una contraseña nueva en la página del nodo.',
    setOptionsBack: 'Devuelva las opciones a su valor, o borre el nodo con sus datos e instálelo de nuevo.',
    seeInstead: 'Su página en el catálogo dice qué se puede usar en su lugar.',
    newerEntry: 'Actualice Freehold, o ponga una versión más nueva del cliente en su propia carpeta de catálogo.',
    updateNode: 'Actualice el nodo en su apartado Versión. Si en el catálogo no hay ninguna más nueva, actualice antes Freehold.',
    chooseNeeded: 'Elija otro nodo en «Necesita», o deje que Freehold instale uno.',
    olderVersion: 'Para usar una versión anterior, borre los datos e instale esa versión.',
    readCrash: 'Antes de intentarlo de nuevo, lea el log del inicio fallido en «Cierres inesperados».',
    makeRoom: 'Libere espacio, conserve menos bloques (almacenamiento: podado) o mueva los datos a otro disco. Continúa por sí solo en cuanto hay espacio.',
    report: 'Es un fallo de Freehold. Comuníquelo con el archivo de log de la carpeta de Freehold.',
  },
};
