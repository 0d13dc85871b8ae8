// What went wrong, for somebody who looks at a window. The table of all codes stands beside.
import type { Words } from '../text';
import { table } from './fault-table';

export const faults: Words['faults'] = {
  why: 'Pourquoi',
  steps: 'Que faire',
  code: 'Code',
  table,
  local: {
    hostSilent: 'le service de Freehold ne répond pas',
    sessionExpired: 'la session a expiré',
    status: (code) => `état HTTP ${code}`,
  },
  window: {
    chooseFolder: 'Choisissez un autre dossier pour les données de chaîne.',
    chooseDisk: 'Choisissez un dossier sur un autre disque, ou ne gardez que les blocs les plus récents (stockage\u202f: élagué).',
    giveFolder: (user, path) => `Choisissez un autre dossier, ou donnez celui-ci à cet utilisateur\u202f: \`sudo chown -R ${user} ${path}\`.`,
    confirm: 'Cochez la case qui dit que vous voulez continuer.',
    seeCatalog: 'Ouvrez le catalogue et choisissez-y une entrée.',
    seeOptions: 'Changez la valeur\u202f; les limites sont indiquées à côté.',
    chooseName: 'Choisissez un autre nom.',
    seeNodes: 'Ouvrez la liste des nœuds.',
    seeWallets: 'Ouvrez la liste des portefeuilles.',
    seeHistory: 'Regardez dans l’historique du portefeuille ce qui a été fait.',
    chooseNode: 'Choisissez un nœud du même réseau.',
    changeNode: 'Laissez Freehold modifier le nœud comme indiqué, ou basculez malgré tout.',
    giveNewPassword: 'Donnez-lui un nouveau mot de passe sur la page du nœud.',
    setOptionsBack: 'Rétablissez les options, ou effacez le nœud avec ses données et réinstallez-le.',
    seeInstead: 'Sa page dans le catalogue dit ce qui peut être utilisé à la place.',
    newerEntry: 'Mettez Freehold à jour, ou placez une version plus récente du client dans votre propre dossier de catalogue.',
    updateNode: 'Mettez le nœud à jour dans sa partie «\u202fVersion\u202f». Si le catalogue n’en a pas de plus récente, mettez d’abord Freehold à jour.',
    chooseNeeded: 'Choisissez un autre nœud sous «\u202fA besoin de\u202f», ou laissez Freehold en installer un.',
    olderVersion: 'Pour utiliser une version plus ancienne, effacez les données et installez cette version.',
    readCrash: 'Avant de réessayer, lisez sous «\u202fPlantages\u202f» le journal du démarrage raté.',
    makeRoom: 'Libérez de la place, gardez moins de blocs (stockage\u202f: élagué) ou déplacez les données vers un autre disque. La suite reprend d’elle-même dès qu’il y a de la place.',
    report: 'C’est un bogue. Signalez-le avec le fichier journal du dossier de Freehold.',
  },
};
