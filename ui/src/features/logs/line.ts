// What a log line looks like on the screen: its time, its level, and where a searched text stands in it.
import type { LogLineView } from '../../ipc/generated';

/** How serious a line is, as far as its own words say. */
export type Level = 'error' | 'warning' | 'debug' | 'plain';

/** A line ready to be shown. */
export interface Line {
  /** Counts up over the whole log, also past lines that were dropped. */
  number: number;
  at: string;
  text: string;
  level: Level;
}

/** Programs that stamp their own lines repeat the time that stands beside them. */
const OWN_STAMP = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?Z?\]?\s+/;
/** How far into a line a level is looked for; words further in are part of a message. */
const HEAD = 72;
/** Words that name a level in any case, as most clients write them: `ERROR`, `[error]`, `level=warning`, `Warning:`. */
const WORDS = /\b(?:fatal|panic|critical|crit|error|erro|eror|broken|warn(?:ing)?|unusual|notice|info|debug|trace)\b/gi;
/**
 * Short forms, which are words of prose too and count only where nothing but a level can stand: in capitals (Nimbus,
 * Lighthouse, Monero's one letter between tabs) or alone in brackets (LND, tor).
 */
const SHORT = /(?:^|[\s|\t])(?:ERR|FTL|FAT|WRN|NTC|NOT|INF|DBG|DEBG|TRC)(?=[\s|:[]|$)|\[(?:err|wrn|inf|dbg|trc|ftl)\]|\t[EWID]\b/gi;
/** Levels that are prose unless something marks them as one. */
const PROSE = new Set(['info', 'notice', 'trace', 'debug', 'broken', 'unusual', 'critical']);

const kinds: readonly [Level, readonly string[]][] = [
  ['error', ['fatal', 'panic', 'critical', 'crit', 'error', 'erro', 'eror', 'broken', 'err', 'ftl', 'fat', 'e']],
  ['warning', ['warn', 'warning', 'unusual', 'wrn', 'w']],
  ['debug', ['debug', 'trace', 'dbg', 'debg', 'trc', 'd']],
  ['plain', ['notice', 'info', 'ntc', 'not', 'inf', 'i']],
];
const levels = new Map(kinds.flatMap(([level, words]) => words.map((word) => [word, level] as const)));

/** Which lines are shown. */
export type Shown = 'all' | 'warnings' | 'errors';

/** Whether a line is shown. */
export function isShown(line: Line, shown: Shown): boolean {
  return shown === 'all' || line.level === 'error' || (shown === 'warnings' && line.level === 'warning');
}

/** Prepares a line. */
export function toLine(view: LogLineView, number: number): Line {
  const text = view.text.replace(OWN_STAMP, '');
  return { number, at: view.at, text, level: levelOf(text) };
}

/** Reads the level from the beginning of a line. The first word that names one counts: what follows is the message. */
export function levelOf(text: string): Level {
  const head = text.slice(0, HEAD);
  const found: { at: number; word: string }[] = [];
  for (const match of head.matchAll(WORDS)) {
    const word = match[0].toLowerCase();
    if (!PROSE.has(word) || isMarked(head, match.index, match[0])) found.push({ at: match.index, word });
  }
  for (const match of head.matchAll(SHORT)) {
    const word = match[0].replace(/[^a-z]/gi, '');
    if (match[0].startsWith('[') || word === word.toUpperCase()) found.push({ at: match.index, word: word.toLowerCase() });
  }
  const first = found.sort((a, b) => a.at - b.at)[0];
  return first === undefined ? 'plain' : (levels.get(first.word) ?? 'plain');
}

/** In capitals, in brackets, after `level=`, or before a colon at the very beginning. */
function isMarked(head: string, at: number, word: string): boolean {
  if (word === word.toUpperCase()) return true;
  const [before, after] = [head[at - 1] ?? '', head[at + word.length] ?? ''];
  return before === '[' || before === '=' || before === '*' || before === '<' || (after === ':' && at < 24);
}

/** A piece of a line; `hit` pieces are what was searched for. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** Cuts a line where the searched text stands. */
export function pieces(text: string, query: string): Piece[] {
  if (query === '') return [{ text, hit: false }];
  const found: Piece[] = [];
  const [hay, needle] = [text.toLowerCase(), query.toLowerCase()];
  let from = 0;
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, from)) {
    if (at > from) found.push({ text: text.slice(from, at), hit: false });
    found.push({ text: text.slice(at, at + needle.length), hit: true });
    from = at + needle.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), hit: false });
  return found;
}
