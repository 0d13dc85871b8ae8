// The words of every fault. `todo` is absent where the window has steps of its own (faults/presentation.ts).
import type { Words } from '../text';
import { walletFaults } from './fault-table-wallets';

export const table: Words['faults']['table'] = {
  'engine-missing': {
    title: 'Aucun moteur de conteneurs trouvé',
    why: 'Freehold fait tourner les nœuds dans des conteneurs et n’a trouvé ni Docker ni Podman sur cette machine ({looked_at}).',
    todo: 'Installez Docker ou Podman, démarrez-le et vérifiez à nouveau.',
  },
  'engine-permission': {
    title: 'Le moteur de conteneurs ne laisse pas entrer cet utilisateur',
    why: '{address} existe, mais l’utilisateur {user} ne peut pas l’ouvrir.',
    todo: 'Exécutez `sudo usermod -aG docker {user}`, fermez puis rouvrez votre session et vérifiez à nouveau. Les membres de ce groupe peuvent agir comme root sur cette machine.',
  },
  'engine-unreachable': {
    title: 'Le moteur de conteneurs ne répond pas',
    why: '{address}\u202f: {reason}.',
    todo: 'Démarrez le moteur (par exemple `sudo systemctl start docker`). Freehold reprend de lui-même dès qu’il répond\u202f; les nœuds gardent leurs données.',
  },
  'engine-too-old': {
    title: 'Le moteur de conteneurs est trop ancien',
    why: 'Version trouvée\u202f: {version}\u202f; Freehold a besoin de Docker 20.10 ou Podman 4.3.',
    todo: 'Mettez le moteur à jour et vérifiez à nouveau.',
  },
  'engine-refused': {
    title: 'Le moteur de conteneurs a refusé une demande',
    why: '{operation}\u202f: {reason}.',
    todo: 'Regardez la raison ci-dessus. Si elle nomme une limite de cette machine, changez-la et réessayez.',
  },
  'engine-setup-failed': {
    title: 'Le moteur de conteneurs n’a pas pu être installé',
    why: '{reason}.',
    todo: 'Exécutez les commandes du guide dans un terminal, où vous voyez tout ce qu’elles disent. Cette page continue d’elle-même dès que le moteur répond.',
  },
  'registry-unreachable': {
    title: 'Le registre d’images est injoignable',
    why: '{registry} n’a pas répondu\u202f: {reason}.',
    todo: 'Vérifiez le réseau de cette machine et réessayez. Ce que le moteur a déjà téléchargé est gardé s’il en est capable.',
  },
  'image-missing': {
    title: 'Le registre n’a pas cette image',
    why: '{image} n’a pas été trouvée sur {registry}.',
    todo: 'L’éditeur l’a peut-être retirée. Mettez à jour le catalogue de Freehold, ou indiquez une autre source dans votre propre dossier de catalogue.',
  },
  'image-digest-mismatch': {
    title: 'L’image n’est pas celle que nomme le catalogue',
    why: 'Attendu\u202f: {expected}\u202f; le moteur a\u202f: {found}. Rien n’a été démarré.',
    todo: 'N’utilisez pas ce registre avant de savoir pourquoi. Retirez l’image du moteur et essayez une autre source.',
  },
  'image-platform': {
    title: 'L’image ne tourne pas sur ce genre de machine',
    why: 'Le moteur tourne sur {platform}\u202f; l’image existe pour {offered}.',
    todo: 'Utilisez une machine d’un de ces genres.',
  },
  'pull-failed': {
    title: 'L’image n’a pas pu être téléchargée',
    why: '{image}\u202f: {reason}.',
    todo: 'Réessayez. Si l’échec se répète au même endroit, vérifiez l’espace disque du moteur.',
  },
  'disk-too-small': { title: 'Le disque est trop petit pour ce nœud', why: '{path} a {available} libres\u202f; il en faut {needed}.', todo: null },
  'disk-full': {
    title: 'Le disque est plein',
    why: '{path} a {available} libres.',
    todo: 'Libérez de la place et redémarrez\u202f; rien n’a été perdu.',
  },
  'port-in-use': {
    title: 'Un port dont le nœud a besoin est pris',
    why: 'Le port {port} sur {address} est utilisé par {owner}.',
    todo: 'Arrêtez ce programme, ou donnez un autre port au nœud.',
  },
  'clock-skew': {
    title: 'L’horloge de cette machine est fausse',
    why: 'Elle s’écarte de {skew} de l’heure que donne {source}. Les nœuds refusent des blocs quand l’horloge est fausse.',
    todo: 'Activez l’heure du réseau (`sudo timedatectl set-ntp true`) et réessayez.',
  },
  'data-dir-owner': { title: 'Le dossier de données appartient à quelqu’un d’autre', why: '{path} appartient à {owner}\u202f; le nœud tournerait sous {user} et ne pourrait pas y écrire.', todo: null },
  'data-dir-unusable': { title: 'Le dossier de données est inutilisable', why: '{path}\u202f: {reason}.', todo: null },
  'data-dir-in-use': { title: 'Un autre nœud utilise ce dossier de données', why: '{path} appartient au nœud {owner}. Deux nœuds dans un même dossier le détruiraient.', todo: null },
  'already-running': {
    title: 'Freehold tourne déjà avec ce dossier de données',
    why: 'Le processus {pid} tient {path} et ne répond pas aux commandes.',
    todo: 'Utilisez cette autre fenêtre, terminez le processus, ou choisissez un autre dossier avec `--data-dir`.',
  },
  'newer-data': {
    title: 'Le dossier de données vient d’un Freehold plus récent',
    why: '{path} est en version {found}\u202f; ce programme connaît {known}. Rien n’a été changé.',
    todo: 'Mettez Freehold à jour, ou choisissez un autre dossier avec `--data-dir`.',
  },
  'store-failed': {
    title: 'Freehold n’a pas pu lire ou écrire son propre dossier',
    why: '{path}\u202f: {reason}.',
    todo: 'Vérifiez que le dossier existe, qu’il vous appartient et que le disque n’est pas plein.',
  },
  'settings-corrupt': {
    title: 'Le fichier de réglages était illisible et a été mis de côté',
    why: '{path} n’est pas valide ({reason})\u202f; il est gardé sous {kept}. Les valeurs par défaut sont utilisées.',
    todo: 'Refaites les réglages utiles, ou réparez le fichier gardé et remettez-le en place.',
  },
  'bad-request': { title: 'La demande n’a pas été comprise', why: '{reason}.', todo: null },
  'confirmation-needed': { title: 'Cela demande votre accord', why: '{what}.', todo: null },
  'not-supported': { title: 'Ce n’est pas possible ici', why: '{what}.', todo: 'La documentation dit ce que ce système permet.' },
  'timed-out': {
    title: 'Cela a pris trop de temps',
    why: '{what}\u202f: pas terminé en {limit}. Cela continue en arrière-plan.',
    todo: 'Regardez l’état et le journal du nœud.',
  },
  internal: {
    title: 'Freehold a commis une erreur',
    why: '{reason}. C’est un bogue.',
    todo: 'Signalez-le avec le fichier journal du dossier de Freehold.',
  },
  'catalog-invalid': {
    title: 'Un fichier de catalogue n’est pas valide',
    why: '{file}, ligne {line}\u202f: {reason}.',
    todo: 'Corrigez le fichier, puis lancez `freehold catalog check` sur son dossier.',
  },
  'client-unknown': { title: 'Cette entrée de catalogue n’existe pas', why: '`{client}` n’est pas dans le catalogue. Connus\u202f: {known}.', todo: null },
  'network-unknown': { title: 'Ce client ne connaît pas ce réseau', why: '`{network}` ne fait pas partie de {known}.', todo: null },
  'option-invalid': { title: 'Une option ne peut pas avoir cette valeur', why: '`{option}`\u202f: {reason}.', todo: null },
  'client-unavailable': { title: 'Freehold n’installe pas ce client', why: '{what}', todo: null },
  'entry-expired': { title: 'L’entrée du catalogue a expiré', why: '{what}', todo: null },
  'release-halted': {
    title: 'Cette version s’est arrêtée comme prévu',
    why: '{client} {version} s’arrête au bloc {height}, afin que personne ne suive une chaîne dépassée.',
    todo: null,
  },
  'node-needed': { title: 'D’autres nœuds ont besoin de celui-ci', why: '{node} est nécessaire à {others}.', todo: 'Retirez ou arrêtez d’abord ceux-là.' },
  'need-unmet': { title: 'Un nœud dont celui-ci a besoin est inutilisable', why: '{what}', todo: null },
  'nothing-to-update': {
    title: 'Il n’y a rien de plus récent',
    why: '{node} utilise la version du catalogue.',
    todo: 'Mettez Freehold à jour pour des entrées de catalogue plus récentes.',
  },
  'rollback-impossible': { title: 'Pas de retour possible à la version précédente', why: '{what}', todo: null },
  'update-failed': { title: 'La nouvelle version n’a pas marché et a été annulée', why: '{node}\u202f: {reason}. La version précédente tourne à nouveau.', todo: null },
  'disk-nearly-full': {
    title: 'Le disque est presque plein',
    why: '{path} n’a plus que {available}. Le nœud a été arrêté tant que sa base de données est intacte.',
    todo: null,
  },
  'move-failed': {
    title: 'Les données n’ont pas pu être déplacées',
    why: '{path}\u202f: {reason}. L’ancien dossier est complet et utilisé.',
    todo: 'Corrigez la cause et relancez le déplacement\u202f; ce qui est copié ne le sera pas deux fois.',
  },
  'database-version': {
    title: 'Les données ont été écrites par une autre version',
    why: '{service} dit\u202f: {last_words}.',
    todo: 'Utilisez la version qui les a écrites, ou effacez les données et resynchronisez.',
  },
  'cpu-unsupported': {
    title: 'Il manque à ce processeur des instructions dont le nœud a besoin',
    why: '{service} s’est terminé sur une instruction illégale.',
    todo: 'Utilisez une machine au processeur plus récent, ou un autre client de la même chaîne.',
  },
  'node-unknown': { title: 'Ce nœud n’existe pas', why: '`{node}` n’est pas un de vos nœuds. Connus\u202f: {known}.', todo: null },
  'node-exists': { title: 'Un nœud porte déjà ce nom', why: '`{node}` existe.', todo: null },
  'node-busy': {
    title: 'Le nœud est en cours de retrait',
    why: '`{node}` n’accepte aucune commande avant la fin du retrait.',
    todo: 'Attendez la fin du retrait.',
  },
  'node-changing': { title: 'Le nœud est en cours de changement', why: '{node} {what}.', todo: 'Attendez que ce soit fait et réessayez.' },
  'node-crashed': {
    title: 'Le nœud s’est arrêté de lui-même',
    why: '{service} s’est terminé avec le code {code}. Ses derniers mots\u202f: {last_words}.',
    todo: 'Cherchez la cause dans le journal.',
  },
  'node-out-of-memory': {
    title: 'Le nœud a manqué de mémoire',
    why: 'Le système a arrêté {service} parce que la mémoire manquait.',
    todo: 'Fermez d’autres programmes ou donnez au nœud un cache plus petit (`dbcache`), puis redémarrez-le.',
  },
  'node-bad-database': {
    title: 'Le nœud ne peut pas lire sa base de données',
    why: '{service} dit\u202f: {last_words}.',
    todo: 'Redémarrez-le une fois. S’il le redit, les données doivent être reconstruites\u202f; le journal dit comment.',
  },
  'node-needs-reindex': { title: 'Les options choisies demandent de reconstruire les données', why: '{service} dit\u202f: {last_words}.', todo: null },
  'node-auth-failed': {
    title: 'Le nœud refuse le mot de passe de Freehold',
    why: 'Le mot de passe gardé pour {node} n’est pas celui avec lequel le nœud a été démarré.',
    todo: 'Redémarrez le nœud\u202f; Freehold lui redonne le mot de passe.',
  },
  'wrong-chain': {
    title: 'Le nœud suit une autre chaîne',
    why: 'Attendue\u202f: {expected}\u202f; trouvée\u202f: {found}.',
    todo: 'N’y dirigez aucun portefeuille. Son dossier de données appartient peut-être à un autre réseau ou à un fork.',
  },
  'attach-failed': {
    title: 'Le nœud ne peut pas être surveillé',
    why: '{endpoint}\u202f: {reason}.',
    todo: 'Vérifiez l’adresse, l’utilisateur et le mot de passe, et que le nœud tourne sur cette machine.',
  },
  ...walletFaults,
};
