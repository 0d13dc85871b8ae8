// What went wrong, for somebody who looks at a window. In English the table is the core's own.
import { faultWords, type FaultCode } from '../../ipc/generated';

/** The words of a fault; `{name}` is filled with its parameter. Without `todo` the window has steps of its own. */
export interface FaultText {
  title: string;
  why: string;
  todo: string | null;
}

export const faults = {
  why: 'Why',
  steps: 'What to do',
  code: 'Code',
  table: faultWords as Record<FaultCode, FaultText>,
  /** What this side of the wire says about faults of its own. */
  local: {
    hostSilent: 'the Freehold host does not answer',
    sessionExpired: 'the session has expired',
    status: (code: string) => `HTTP status ${code}`,
  },
  // The core speaks of its command line; these say the same for somebody who looks at a window.
  window: {
    chooseFolder: 'Choose another folder for the chain data.',
    chooseDisk: 'Choose a folder on another disk, or keep only the newest blocks (storage: pruned).',
    giveFolder: (user: string, path: string) => `Choose another folder, or give it to that user: \`sudo chown -R ${user} ${path}\`.`,
    confirm: 'Tick the box that says you want to go on.',
    seeCatalog: 'Open the catalog and choose an entry from there.',
    seeOptions: 'Change the value; its range stands beside it.',
    chooseName: 'Choose another name.',
    seeNodes: 'Open the list of nodes.',
    seeWallets: 'Open the list of wallets.',
    seeHistory: 'Look at the wallet’s history to see what was done.',
    chooseNode: 'Choose a node of the same network.',
    changeNode: 'Let Freehold change the node as shown, or switch all the same.',
    giveNewPassword: 'Give it a new password on the node’s page.',
    setOptionsBack: 'Set the options back, or erase the node with its data and install it again.',
    seeInstead: 'Its page in the catalog says what can be used instead.',
    newerEntry: 'Update Freehold, or put a newer release of the client into your own catalog folder.',
    updateNode: 'Update the node in its Version part. If there is no newer release in the catalog, update Freehold first.',
    chooseNeeded: 'Choose another node under “Needs”, or let Freehold install one.',
    olderVersion: 'To use an older version, erase the data and install that version.',
    readCrash: 'Read the log of the failed start under “Crashes” before trying again.',
    makeRoom: 'Free some space, keep fewer blocks (storage: pruned) or move the data to another disk. It goes on by itself once there is room.',
    report: 'This is a bug. Report it with the log file from Freehold’s folder.',
  },
};
