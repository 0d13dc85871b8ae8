// English, the language that the others follow. Sentence case, no exclamation marks; the thing and the number are named.
import { attach } from './en/attach';
import { audit, drill, walletPages } from './en/audit';
import { change, effects, move, version } from './en/change';
import { actions, shell, units, status } from './en/common';
import { credentials } from './en/credentials';
import { quitting, registries, support, system, timeline } from './en/desk';
import { engine, welcome } from './en/engine';
import { faults } from './en/faults';
import { guide } from './en/guide';
import { help } from './en/help';
import { crashes, history } from './en/history';
import { install, catalog } from './en/install';
import { log, node, nodes } from './en/nodes';
import { code, danger, peers, provenance, sync } from './en/parts';
import { activity, settings } from './en/pages';
import { disks, fixes, start, underway } from './en/start';
import { wallets } from './en/wallets';

/** Every text of the window. */
export const en = {
  actions, activity, attach, audit, catalog, change, code, crashes, credentials, danger, disks, drill, effects, engine,
  faults, fixes, guide, help, history, install, log, move, node, nodes, peers, provenance, quitting, registries, settings, shell, start, status,
  sync, underway, support, system, timeline, units, version, walletPages, wallets, welcome,
};
