// English, the language that the others follow. Sentence case, no exclamation marks; the thing and the number are named.
import { attach } from './en/attach';
import { change, effects, move, version } from './en/change';
import { actions, shell, units, status } from './en/common';
import { engine, welcome } from './en/engine';
import { crashes, history } from './en/history';
import { install, catalog } from './en/install';
import { log, node, nodes } from './en/nodes';
import { activity, faults, settings } from './en/pages';
import { wallets } from './en/wallets';

/** Every text of the window. */
export const en = {
  actions, activity, attach, catalog, change, crashes, effects, engine, faults, history, install, log, move, node, nodes,
  settings, shell, status, units, version, wallets, welcome,
};
