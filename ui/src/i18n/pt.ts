// Brazilian Portuguese. Speaks to somebody as “você”. A node is “nó”, a wallet “carteira”, peers are “pares”, a chain is
// “blockchain”; “log” stays, since “registro” is where images come from.
import { attach } from './pt/attach';
import { audit, drill, walletPages } from './pt/audit';
import { change, effects, move, version } from './pt/change';
import { actions, shell, units, status } from './pt/common';
import { credentials } from './pt/credentials';
import { quitting, registries, support, system, timeline } from './pt/desk';
import { engine, welcome } from './pt/engine';
import { faults } from './pt/faults';
import { guide } from './pt/guide';
import { help } from './pt/help';
import { crashes, history } from './pt/history';
import { install, catalog } from './pt/install';
import { log, node, nodes } from './pt/nodes';
import { code, danger, peers, provenance, sync } from './pt/parts';
import { activity, settings } from './pt/pages';
import { disks, fixes, start, underway } from './pt/start';
import { wallets } from './pt/wallets';
import type { Words } from './text';

/** Every text of the window in Brazilian Portuguese. */
export const pt: Words = {
  actions, activity, attach, audit, catalog, change, code, crashes, credentials, danger, disks, drill, effects, engine,
  faults, fixes, guide, help, history, install, log, move, node, nodes, peers, provenance, quitting, registries, settings, shell, start, status,
  sync, underway, support, system, timeline, units, version, walletPages, wallets, welcome,
};
