// The one table from what happens in a drill to what people see, in the order in which it is shown.
import type { DrillOutcome, DrillProof } from '../../ipc/generated';
import { t } from '../../i18n/text';
import { count } from '../../lib/format';
import type { Look } from '../../lib/status';

/** Worst first. */
export const outcomes: readonly DrillOutcome[] = ['stops', 'probably_stops', 'does_not_answer', 'not_known', 'probably_goes_on', 'goes_on'];

const looks: Record<DrillOutcome, Omit<Look, 'word'>> = {
  stops: { icon: 'stop', tone: 'alert' },
  probably_stops: { icon: 'warning', tone: 'warn' },
  does_not_answer: { icon: 'alert', tone: 'warn' },
  not_known: { icon: 'question', tone: 'quiet' },
  probably_goes_on: { icon: 'play', tone: 'info' },
  goes_on: { icon: 'check', tone: 'ok' },
};

/** How an outcome looks. */
export function outcomeLook(outcome: DrillOutcome): Look {
  return { ...looks[outcome], word: t.drill.outcomes[outcome] };
}

/** What was said just now, in a sentence: `Your node answered at block 924,880 in 12 ms.` */
export function proofSentence(proof: DrillProof, who: string): string {
  if (!proof.answered) return t.drill.proofNone(who, proof.why ?? t.drill.nothingBack);
  const ms = count(proof.ms);
  if (proof.height !== null) return t.drill.proofHeight(who, count(proof.height), ms);
  return proof.why === null ? t.drill.proofPlain(who, ms) : t.drill.proofWhy(who, ms, proof.why);
}
