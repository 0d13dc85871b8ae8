// French. Vous, with the imperative on buttons left to the infinitive; a node is « le nœud », a wallet « le portefeuille »,
// the engine « le moteur de conteneurs », an endpoint « le point d’accès ». A narrow no-break space stands before : ; ? !
// and inside « », written as \u202f so that it is seen.
import { attach } from './fr/attach';
import { audit, drill, walletPages } from './fr/audit';
import { change, effects, move, version } from './fr/change';
import { actions, shell, units, status } from './fr/common';
import { credentials } from './fr/credentials';
import { quitting, registries, support, system, timeline } from './fr/desk';
import { engine, welcome } from './fr/engine';
import { faults } from './fr/faults';
import { guide } from './fr/guide';
import { help } from './fr/help';
import { crashes, history } from './fr/history';
import { install, catalog } from './fr/install';
import { log, node, nodes } from './fr/nodes';
import { code, danger, peers, provenance, sync } from './fr/parts';
import { activity, settings } from './fr/pages';
import { disks, fixes, start, underway } from './fr/start';
import { wallets } from './fr/wallets';
import type { Words } from './text';

/** Every text of the window in French. */
export const fr: Words = {
  actions, activity, attach, audit, catalog, change, code, crashes, credentials, danger, disks, drill, effects, engine,
  faults, fixes, guide, help, history, install, log, move, node, nodes, peers, provenance, quitting, registries, settings, shell, start, status,
  sync, underway, support, system, timeline, units, version, walletPages, wallets, welcome,
};
