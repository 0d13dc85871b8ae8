// English, the language that the others follow. Sentence case, no exclamation marks; the thing and the number are named.
import { attach } from './en/attach';
import { audit, drill, walletPages } from './en/audit';
import { change, effects, move, version } from './en/change';
import { actions, shell, units, status } from './en/common';
import { credentials } from './en/credentials';
import { engine, welcome } from './en/engine';
import { guide } from './en/guide';
import { crashes, history } from './en/history';
import { install, catalog } from './en/install';
import { log, node, nodes } from './en/nodes';
import { activity, faults, settings } from './en/pages';
import { wallets } from './en/wallets';

/** Every text of the window. */
export const en = {
  actions, activity, attach, audit, catalog, change, crashes, credentials, drill, effects, engine, faults, guide, history, install, log,
  move, node, nodes, settings, shell, status, units, version, walletPages, wallets, welcome,
};
