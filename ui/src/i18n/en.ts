// English, the language that the others follow. Sentence case, no exclamation marks; the thing and the number are named.
import { actions, shell, units, status } from './en/common';
import { engine, welcome } from './en/engine';
import { install, catalog } from './en/install';
import { log, node, nodes } from './en/nodes';
import { activity, faults, settings } from './en/pages';
import { wallets } from './en/wallets';

/** Every text of the window. */
export const en = {
  actions, activity, catalog, engine, faults, install, log, node, nodes, settings, shell, status, units, wallets, welcome,
};
