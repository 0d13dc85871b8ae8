// Japanese. Polite forms (です・ます) without a subject; full-width punctuation, and no space between Japanese and Latin
// letters. A node is ノード, a wallet ウォレット, its settings 設定, what a node has stored チェーンデータ, to switch a wallet
// 切り替える, to put it back 元に戻す, to remove 削除, to erase data 消去.
import { attach } from './ja/attach';
import { audit, drill, walletPages } from './ja/audit';
import { change, effects, move, version } from './ja/change';
import { actions, shell, units, status } from './ja/common';
import { credentials } from './ja/credentials';
import { quitting, registries, support, system, timeline } from './ja/desk';
import { engine, welcome } from './ja/engine';
import { faults } from './ja/faults';
import { guide } from './ja/guide';
import { help } from './ja/help';
import { crashes, history } from './ja/history';
import { install, catalog } from './ja/install';
import { log, node, nodes } from './ja/nodes';
import { activity, settings } from './ja/pages';
import { code, danger, peers, provenance, sync } from './ja/parts';
import { disks, fixes, start, underway } from './ja/start';
import { wallets } from './ja/wallets';
import type { Words } from './text';

/** Every text of the window in Japanese. */
export const ja: Words = {
  actions, activity, attach, audit, catalog, change, code, crashes, credentials, danger, disks, drill, effects, engine,
  faults, fixes, guide, help, history, install, log, move, node, nodes, peers, provenance, quitting, registries, settings, shell, start, status,
  sync, underway, support, system, timeline, units, version, walletPages, wallets, welcome,
};
