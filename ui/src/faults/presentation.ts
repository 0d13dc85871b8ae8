// How each fault is shown in a window. Titles and reasons come from the core's one table, or from the same table in the
// language in use; steps that speak of the command line are said again for somebody who looks at a window. The record is
// complete: a new code does not compile without a row here.
import type { FaultCode, FaultView } from '../ipc/generated';
import { faultWords } from '../ipc/generated';
import { t } from '../i18n/text';
import { fill, filled } from '../lib/fill';

/** What the button of a fault does. */
export type FaultAction = 'check-engine' | 'retry' | 'open-log' | 'none';

type Params = Record<string, string>;
/** Other steps than the core's; absent: the core's are right as they are. */
type Steps = ((params: Params) => string[]) | null;

const words = () => t.faults.window;

const steps: Record<FaultCode, Steps> = {
  'engine-missing': null,
  'engine-permission': null,
  'engine-unreachable': null,
  'engine-too-old': null,
  'engine-refused': null,
  'engine-setup-failed': null,
  'registry-unreachable': null,
  'image-missing': null,
  'image-digest-mismatch': null,
  'image-platform': null,
  'pull-failed': null,
  'disk-too-small': () => [words().chooseDisk],
  'disk-full': null,
  'port-in-use': null,
  'clock-skew': null,
  'data-dir-owner': ({ user, path }) => (user && path ? [words().giveFolder(user, path)] : [words().chooseFolder]),
  'data-dir-unusable': () => [words().chooseFolder],
  'data-dir-in-use': () => [words().chooseFolder],
  'already-running': null,
  'newer-data': null,
  'store-failed': null,
  'settings-corrupt': null,
  'bad-request': () => [words().report],
  'confirmation-needed': () => [words().confirm],
  'not-supported': null,
  'timed-out': null,
  internal: null,
  'catalog-invalid': null,
  'client-unknown': () => [words().seeCatalog],
  'network-unknown': () => [words().seeCatalog],
  'option-invalid': () => [words().seeOptions],
  'client-unavailable': () => [words().seeInstead],
  'entry-expired': () => [words().newerEntry],
  'release-halted': () => [words().updateNode],
  'node-needed': null,
  'need-unmet': () => [words().chooseNeeded],
  'nothing-to-update': null,
  'rollback-impossible': () => [words().olderVersion],
  'update-failed': () => [words().readCrash],
  'disk-nearly-full': () => [words().makeRoom],
  'move-failed': null,
  'database-version': null,
  'cpu-unsupported': null,
  'node-unknown': () => [words().seeNodes],
  'node-exists': () => [words().chooseName],
  'node-busy': null,
  'node-changing': null,
  'node-crashed': null,
  'node-out-of-memory': null,
  'node-bad-database': null,
  'node-needs-reindex': () => [words().setOptionsBack],
  'node-auth-failed': null,
  'wrong-chain': null,
  'attach-failed': null,
  'wallet-unknown': () => [words().seeWallets],
  'wallet-not-found': null,
  'wallet-running': null,
  'wallet-file-malformed': null,
  'wallet-file-read-only': null,
  'wallet-file-symlink': null,
  'wallet-file-changed': null,
  'wallet-protocol': () => [words().chooseNode],
  'wallet-conflict': null,
  'wallet-needs': () => [words().changeNode],
  'credential-revoked': () => [words().giveNewPassword],
  'wallet-journal': null,
  'nothing-to-revert': () => [words().seeHistory],
  'endpoint-invalid': null,
  'endpoint-silent': null,
  'endpoint-auth': null,
  'endpoint-wrong-chain': () => [words().chooseNode],
  'endpoint-warming-up': null,
  'endpoint-unreadable': null,
};

/** What a window shows of a fault. */
export interface Presentation {
  title: string;
  why: string;
  steps: string[];
  action: FaultAction;
}

/** Works out what to show. A code that this window does not know is shown with the core's own words. */
export function present(fault: FaultView): Presentation {
  const { title, why, code } = fault;
  if (!isFaultCode(code)) return { title, why, steps: fault.hints, action: 'none' };
  const known = faultWords[code];
  const spoken = translate(fault, code) ?? { title: title || known.title, why, steps: fault.hints.length > 0 ? fault.hints : [known.todo] };
  return { ...spoken, steps: steps[code]?.(fault.params) ?? spoken.steps, action: asAction(known.action) };
}

/** Whether the window says the steps of a code in its own words. */
export function hasOwnSteps(code: FaultCode): boolean {
  return steps[code] !== null;
}

/**
 * The fault in the language in use; nothing where that is the core's. What the core says for this very case, and what its
 * values do not suffice for, stays in the core's words.
 */
function translate(fault: FaultView, code: FaultCode): Omit<Presentation, 'action'> | null {
  const [core, own] = [faultWords[code], t.faults.table[code]];
  if (own === core) return null;
  const { params, hints } = fault;
  const general = fill(core.todo, params);
  const todo = own.todo === null ? null : filled(own.todo, params);
  return {
    title: filled(own.title, params) ?? fault.title,
    why: params['why'] === undefined ? (filled(own.why, params) ?? fault.why) : fault.why,
    steps: hints.length === 0 ? [todo ?? general] : hints.map((hint) => (hint === general ? (todo ?? hint) : hint)),
  };
}

function isFaultCode(code: string): code is FaultCode {
  return code in steps;
}

function asAction(text: string): FaultAction {
  return text === 'check-engine' || text === 'retry' || text === 'open-log' ? text : 'none';
}
