// German. Impersonal where that reads well; a node is „die Node“, a wallet „die Wallet“, its settings are
// „Einstellungen“, what a node has stored „Blockchain-Daten“.
import { attach } from './de/attach';
import { audit, drill, walletPages } from './de/audit';
import { change, effects, move, version } from './de/change';
import { actions, shell, units, status } from './de/common';
import { credentials } from './de/credentials';
import { quitting, registries, support, system, timeline } from './de/desk';
import { engine, welcome } from './de/engine';
import { faults } from './de/faults';
import { guide } from './de/guide';
import { help } from './de/help';
import { crashes, history } from './de/history';
import { install, catalog } from './de/install';
import { log, node, nodes } from './de/nodes';
import { code, danger, peers, provenance, sync } from './de/parts';
import { activity, settings } from './de/pages';
import { disks, fixes, start, underway } from './de/start';
import { wallets } from './de/wallets';
import type { Words } from './text';

/** Every text of the window in German. */
export const de: Words = {
  actions, activity, attach, audit, catalog, change, code, crashes, credentials, danger, disks, drill, effects, engine,
  faults, fixes, guide, help, history, install, log, move, node, nodes, peers, provenance, quitting, registries, settings, shell, start, status,
  sync, underway, support, system, timeline, units, version, walletPages, wallets, welcome,
};
