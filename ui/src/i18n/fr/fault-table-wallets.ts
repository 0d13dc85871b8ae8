// The words of the faults of wallets and endpoints.
import type { Words } from '../text';

const untouched = 'Le fichier du portefeuille n’a pas été touché.';

export const walletFaults = {
  'wallet-unknown': { title: 'Ce portefeuille n’existe pas', why: '`{wallet}` n’est pas de ceux que Freehold peut basculer. Connus\u202f: {known}.', todo: null },
  'wallet-not-found': {
    title: 'Les réglages du portefeuille n’ont pas été trouvés',
    why: '{wallet} les garde dans {path}, qui n’existe pas.',
    todo: 'Démarrez le portefeuille une fois pour qu’il crée ses réglages, fermez-le et réessayez.',
  },
  'wallet-running': {
    title: 'Le portefeuille est ouvert',
    why: '{wallet} ({evidence}) écraserait le changement à sa fermeture. Rien n’a été changé.',
    todo: 'Fermez {wallet} et réessayez.',
  },
  'wallet-file-malformed': {
    title: 'Les réglages du portefeuille sont illisibles',
    why: '{path}\u202f: {reason}. Rien n’a été changé.',
    todo: 'Ouvrez le portefeuille pour voir s’il y parvient, ou réparez le fichier.',
  },
  'wallet-file-read-only': {
    title: 'Les réglages du portefeuille sont protégés en écriture',
    why: '{path}\u202f: {reason}. Rien n’a été changé.',
    todo: 'Donnez à votre compte le droit d’y écrire (`chmod u+w`), puis réessayez.',
  },
  'wallet-file-symlink': {
    title: 'Le fichier de réglages du portefeuille est un lien',
    why: '{path} mène à {target}. Freehold n’écrit pas à travers les liens, pour qu’aucun autre fichier ne change par surprise.',
    todo: 'Remplacez le lien par le fichier lui-même, ou modifiez à la main le fichier visé.',
  },
  'wallet-file-changed': {
    title: 'Les réglages du portefeuille ont changé pendant le travail de Freehold',
    why: '{path} n’est plus le fichier prévu. Rien n’a été écrit.',
    todo: 'Fermez tous les programmes qui l’utilisent et réessayez.',
  },
  'wallet-protocol': { title: 'Le portefeuille ne peut pas utiliser ce point d’accès', why: '{wallet} parle {spoken}\u202f; le point d’accès est {offered}. {reason}', todo: null },
  'wallet-conflict': {
    title: 'Le portefeuille n’utiliserait pas le nouveau point d’accès',
    why: '{path}\u202f: {reason}. Rien n’a été changé.',
    todo: 'Changez-le à la main dans le portefeuille ou son fichier, puis basculez à nouveau.',
  },
  'wallet-needs': { title: 'Il manque au nœud ce dont le portefeuille a besoin', why: `{lacks} ${untouched}`, todo: null },
  'credential-revoked': { title: 'L’accès a été retiré', why: '{node} ne connaît plus l’utilisateur {consumer}\u202f: son accès a été retiré.', todo: null },
  'nothing-to-revert': { title: 'Il n’y a rien à rétablir', why: 'Freehold n’a pas basculé {wallet} sur {network}.', todo: null },
  'wallet-journal': {
    title: 'La sauvegarde n’a pas pu être écrite',
    why: `{path}\u202f: {reason}. ${untouched}`,
    todo: 'Vérifiez l’espace disque et les droits du dossier de Freehold, puis réessayez.',
  },
  'endpoint-invalid': { title: 'Ce n’est pas un point d’accès', why: '`{endpoint}`\u202f: {reason}.', todo: 'Écrivez par exemple `bitcoin+http://127.0.0.1:8332`.' },
  'endpoint-silent': {
    title: 'Le point d’accès ne répond pas',
    why: `{endpoint}\u202f: {reason}. ${untouched}`,
    todo: 'Démarrez le nœud, attendez qu’il réponde, et réessayez.',
  },
  'endpoint-auth': {
    title: 'Le point d’accès refuse le mot de passe',
    why: `{endpoint} n’accepte pas l’utilisateur {user}. ${untouched}`,
    todo: 'Vérifiez l’utilisateur et le mot de passe.',
  },
  'endpoint-wrong-chain': { title: 'Le point d’accès est sur une autre chaîne', why: `{endpoint}\u202f: attendue {expected}, trouvée {found}. ${untouched}`, todo: null },
  'endpoint-warming-up': {
    title: 'Le nœud est encore en train de démarrer',
    why: `{endpoint} dit\u202f: {message}. ${untouched}`,
    todo: 'Attendez qu’il soit prêt et réessayez.',
  },
  'endpoint-unreadable': {
    title: 'Autre chose répond à ce point d’accès',
    why: `{endpoint}\u202f: {reason}. ${untouched}`,
    todo: 'Vérifiez le port\u202f: un autre programme y écoute peut-être.',
  },
} satisfies Partial<Words['faults']['table']>;
