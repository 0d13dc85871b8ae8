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
const ERROR = /\b(error|fatal|panic|critical)\b/i;
const WARNING = /\bwarn(ing)?\b/i;
const DEBUG = /\b(debug|trace)\b/i;

/** Prepares a line. */
export function toLine(view: LogLineView, number: number): Line {
  const text = view.text.replace(OWN_STAMP, '');
  return { number, at: view.at, text, level: levelOf(text) };
}

/** Reads the level from the beginning of a line; words far inside are part of a message, not its level. */
export function levelOf(text: string): Level {
  const head = text.slice(0, 60);
  if (ERROR.test(head)) return 'error';
  if (WARNING.test(head)) return 'warning';
  return DEBUG.test(head) ? 'debug' : 'plain';
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
