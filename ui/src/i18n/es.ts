// Spanish. Speaks to somebody as «usted», or to nobody. A node is «nodo», a wallet «cartera», peers are «pares», what a
// node has stored «datos de la cadena»; «log» stays, since «registro» is where images come from.
import { attach } from './es/attach';
import { audit, drill, walletPages } from './es/audit';
import { change, effects, move, version } from './es/change';
import { actions, shell, units, status } from './es/common';
import { credentials } from './es/credentials';
import { quitting, registries, support, system, timeline } from './es/desk';
import { engine, welcome } from './es/engine';
import { faults } from './es/faults';
import { guide } from './es/guide';
import { help } from './es/help';
import { crashes, history } from './es/history';
import { install, catalog } from './es/install';
import { log, node, nodes } from './es/nodes';
import { code, danger, peers, provenance, sync } from './es/parts';
import { activity, settings } from './es/pages';
import { disks, fixes, start, underway } from './es/start';
import { wallets } from './es/wallets';
import type { Words } from './text';

/** Every text of the window in Spanish. */
export const es: Words = {
  actions, activity, attach, audit, catalog, change, code, crashes, credentials, danger, disks, drill, effects, engine,
  faults, fixes, guide, help, history, install, log, move, node, nodes, peers, provenance, quitting, registries, settings, shell, start, status,
  sync, underway, support, system, timeline, units, version, walletPages, wallets, welcome,
};
