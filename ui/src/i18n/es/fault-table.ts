// The words of every fault. `todo` is absent where the window has steps of its own (faults/presentation.ts).
import type { Words } from '../text';
import { walletFaults } from './fault-table-wallets';

export const table: Words['faults']['table'] = {
  'engine-missing': {
    title: 'No se encontró ningún motor de contenedores',
    why: 'Freehold ejecuta los nodos en contenedores y no encontró ni Docker ni Podman en este equipo ({looked_at}).',
    todo: 'Instale Docker o Podman, inícielo y compruebe de nuevo.',
  },
  'engine-permission': {
    title: 'El motor de contenedores no deja entrar a este usuario',
    why: '{address} existe, pero el usuario {user} no puede abrirlo.',
    todo: 'Ejecute `sudo usermod -aG docker {user}`, cierre la sesión, vuelva a abrirla y compruebe de nuevo. Los miembros de ese grupo pueden actuar como root en este equipo.',
  },
  'engine-unreachable': {
    title: 'El motor de contenedores no responde',
    why: '{address}: {reason}.',
    todo: 'Inicie el motor (por ejemplo, `sudo systemctl start docker`). Freehold continúa por sí solo en cuanto responda; los nodos conservan sus datos.',
  },
  'engine-too-old': {
    title: 'El motor de contenedores es demasiado antiguo',
    why: 'Se encontró la versión {version}; Freehold necesita Docker 20.10 o Podman 4.3.',
    todo: 'Actualice el motor y compruebe de nuevo.',
  },
  'engine-refused': {
    title: 'El motor de contenedores rechazó una petición',
    why: '{operation}: {reason}.',
    todo: 'Mire el motivo de arriba. Si menciona un límite de este equipo, cámbielo e inténtelo de nuevo.',
  },
  'engine-setup-failed': {
    title: 'No se pudo preparar el motor de contenedores',
    why: '{reason}.',
    todo: 'Ejecute los comandos de la guía en una terminal, donde se ve todo lo que dicen. Esta página continúa por sí sola en cuanto el motor responda.',
  },
  'registry-unreachable': {
    title: 'No se puede acceder al registro de imágenes',
    why: '{registry} no respondió: {reason}.',
    todo: 'Compruebe la red de este equipo e inténtelo de nuevo. Lo que el motor ya haya descargado se conserva si el motor lo permite.',
  },
  'image-missing': {
    title: 'El registro no tiene la imagen',
    why: '{image} no se encontró en {registry}.',
    todo: 'Puede que quien la publica la haya retirado. Actualice el catálogo de Freehold o indique otra fuente en su propia carpeta de catálogo.',
  },
  'image-digest-mismatch': {
    title: 'La imagen no es la que indica el catálogo',
    why: 'Se esperaba {expected} y el motor tiene {found}. No se ha iniciado nada.',
    todo: 'No use este registro hasta saber el motivo. Quite la imagen del motor y pruebe con otra fuente.',
  },
  'image-platform': {
    title: 'La imagen no funciona en un equipo de este tipo',
    why: 'El motor funciona en {platform}; la imagen se ofrece para {offered}.',
    todo: 'Use un equipo de alguno de esos tipos.',
  },
  'pull-failed': {
    title: 'No se pudo descargar la imagen',
    why: '{image}: {reason}.',
    todo: 'Inténtelo de nuevo. Si falla en el mismo punto, compruebe el espacio en disco del motor.',
  },
  'disk-too-small': { title: 'El disco es demasiado pequeño para este nodo', why: 'En {path} hay {available} libres; hacen falta {needed}.', todo: null },
  'disk-full': {
    title: 'El disco está lleno',
    why: 'En {path} hay {available} libres.',
    todo: 'Libere espacio e inicie de nuevo; no se ha perdido nada.',
  },
  'port-in-use': {
    title: 'Un puerto que el nodo necesita está ocupado',
    why: 'El puerto {port} en {address} lo usa {owner}.',
    todo: 'Detenga ese programa o elija otro puerto para el nodo.',
  },
  'clock-skew': {
    title: 'El reloj de este equipo no va bien',
    why: 'Se desvía {skew} de la hora que da {source}. Los nodos rechazan bloques cuando el reloj no va bien.',
    todo: 'Active la hora de red (`sudo timedatectl set-ntp true`) e inténtelo de nuevo.',
  },
  'data-dir-owner': { title: 'La carpeta de datos es de otro usuario', why: '{path} es de {owner}; el nodo funcionaría como {user} y no podría escribir ahí.', todo: null },
  'data-dir-unusable': { title: 'La carpeta de datos no se puede usar', why: '{path}: {reason}.', todo: null },
  'data-dir-in-use': { title: 'Otro nodo usa esa carpeta de datos', why: '{path} es del nodo {owner}. Dos nodos en una misma carpeta la destruirían.', todo: null },
  'already-running': {
    title: 'Freehold ya está en marcha con esta carpeta de datos',
    why: 'El proceso {pid} ocupa {path} y no responde a los comandos.',
    todo: 'Use esa ventana, termine el proceso o elija otra carpeta con `--data-dir`.',
  },
  'newer-data': {
    title: 'La carpeta de datos es de un Freehold más nuevo',
    why: '{path} tiene la versión {found}; este programa conoce la {known}. No se ha cambiado nada.',
    todo: 'Actualice Freehold o elija otra carpeta con `--data-dir`.',
  },
  'store-failed': {
    title: 'Freehold no pudo leer o escribir su propia carpeta',
    why: '{path}: {reason}.',
    todo: 'Compruebe que la carpeta existe, que es suya y que el disco no está lleno.',
  },
  'settings-corrupt': {
    title: 'El archivo de ajustes no se pudo leer y se apartó',
    why: '{path} no es válido ({reason}); se conserva como {kept}. Se usan los valores predeterminados.',
    todo: 'Vuelva a ajustar lo que necesite, o corrija el archivo conservado y devuélvalo a su sitio.',
  },
  'bad-request': { title: 'La petición no se entendió', why: '{reason}.', todo: null },
  'confirmation-needed': { title: 'Esto necesita su consentimiento', why: '{what}.', todo: null },
  'not-supported': { title: 'Esto no es posible aquí', why: '{what}.', todo: 'Consulte en la documentación qué admite este sistema.' },
  'timed-out': {
    title: 'Ha tardado demasiado',
    why: '{what} no terminó en {limit}. Sigue en segundo plano.',
    todo: 'Mire el estado y el log del nodo.',
  },
  internal: {
    title: 'Freehold ha cometido un error',
    why: '{reason}. Es un fallo del programa.',
    todo: 'Comuníquelo con el archivo de log de la carpeta de Freehold.',
  },
  'catalog-invalid': {
    title: 'Un archivo del catálogo no es válido',
    why: '{file}, línea {line}: {reason}.',
    todo: 'Corrija el archivo y ejecute `freehold catalog check` en su carpeta.',
  },
  'client-unknown': { title: 'Esa entrada del catálogo no existe', why: '`{client}` no está en el catálogo. Conocidos: {known}.', todo: null },
  'network-unknown': { title: 'Este cliente no conoce esa red', why: '`{network}` no es ninguna de {known}.', todo: null },
  'option-invalid': { title: 'Una opción no puede tener ese valor', why: '`{option}`: {reason}.', todo: null },
  'client-unavailable': { title: 'Freehold no instala este cliente', why: '{what}', todo: null },
  'entry-expired': { title: 'La entrada del catálogo ha caducado', why: '{what}', todo: null },
  'release-halted': {
    title: 'Esta versión se ha detenido según lo previsto',
    why: '{client} {version} se detiene en el bloque {height} para que nadie siga una cadena obsoleta.',
    todo: null,
  },
  'node-needed': { title: 'Otros nodos necesitan este', why: '{node} es necesario para {others}.', todo: 'Quite o detenga antes esos nodos.' },
  'need-unmet': { title: 'No se puede usar un nodo que este necesita', why: '{what}', todo: null },
  'nothing-to-update': {
    title: 'No hay nada más nuevo',
    why: '{node} ejecuta la versión que indica el catálogo.',
    todo: 'Actualice Freehold para recibir entradas de catálogo más nuevas.',
  },
  'rollback-impossible': { title: 'No se puede volver a la versión anterior', why: '{what}', todo: null },
  'update-failed': { title: 'La versión nueva no funcionó y se retiró', why: '{node}: {reason}. La versión anterior vuelve a estar en marcha.', todo: null },
  'disk-nearly-full': {
    title: 'El disco está casi lleno',
    why: 'En {path} quedan {available}. El nodo se detuvo mientras su base de datos está intacta.',
    todo: null,
  },
  'move-failed': {
    title: 'No se pudieron mover los datos',
    why: '{path}: {reason}. La carpeta anterior está completa y en uso.',
    todo: 'Corrija la causa y muévalos de nuevo; lo ya copiado no se copia otra vez.',
  },
  'database-version': {
    title: 'Los datos los escribió otra versión',
    why: '{service} dice: {last_words}.',
    todo: 'Use la versión que los escribió, o borre los datos y sincronice de nuevo.',
  },
  'cpu-unsupported': {
    title: 'A este procesador le faltan instrucciones que el nodo necesita',
    why: '{service} terminó con una instrucción no válida.',
    todo: 'Use un equipo con un procesador más nuevo u otro cliente de la misma cadena.',
  },
  'node-unknown': { title: 'Ese nodo no existe', why: '`{node}` no es uno de sus nodos. Conocidos: {known}.', todo: null },
  'node-exists': { title: 'Ya hay un nodo con ese nombre', why: '`{node}` existe.', todo: null },
  'node-busy': {
    title: 'El nodo se está quitando',
    why: '`{node}` no acepta comandos hasta que termine de quitarse.',
    todo: 'Espere a que termine.',
  },
  'node-changing': { title: 'El nodo se está cambiando', why: '{node} {what}.', todo: 'Espere a que termine e inténtelo de nuevo.' },
  'node-crashed': {
    title: 'El nodo se cerró por sí solo',
    why: '{service} terminó con el código {code}. Sus últimas palabras: {last_words}.',
    todo: 'Busque la causa en el log.',
  },
  'node-out-of-memory': {
    title: 'El nodo se quedó sin memoria',
    why: 'El sistema terminó {service} porque faltaba memoria.',
    todo: 'Cierre otros programas o dé al nodo una caché más pequeña (`dbcache`) e inícielo de nuevo.',
  },
  'node-bad-database': {
    title: 'El nodo no puede leer su base de datos',
    why: '{service} dice: {last_words}.',
    todo: 'Reinícielo una vez. Si lo vuelve a decir, hay que reconstruir los datos; el log dice cómo.',
  },
  'node-needs-reindex': { title: 'Las opciones elegidas exigen reconstruir los datos', why: '{service} dice: {last_words}.', todo: null },
  'node-auth-failed': {
    title: 'El nodo rechaza la contraseña de Freehold',
    why: 'La contraseña guardada para {node} no es aquella con la que se inició el nodo.',
    todo: 'Reinicie el nodo; Freehold le da la contraseña de nuevo.',
  },
  'wrong-chain': {
    title: 'El nodo sigue otra cadena',
    why: 'Se esperaba {expected} y se encontró {found}.',
    todo: 'No conecte ninguna cartera a él. Puede que su carpeta de datos sea de otra red o de una bifurcación.',
  },
  'attach-failed': {
    title: 'El nodo no se puede supervisar',
    why: '{endpoint}: {reason}.',
    todo: 'Compruebe la dirección, el usuario y la contraseña, y que el nodo esté en marcha en este equipo.',
  },
  ...walletFaults,
};
