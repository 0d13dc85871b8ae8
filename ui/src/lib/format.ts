// The one place where numbers become words, in the way of the language in use. Absent figures are an en dash, never a
// zero: unknown is not nothing.
import { moment, number } from '../i18n/locale';
import { t } from '../i18n/text';

/** Between a number and its unit: they stay on one line. */
const NB = '\u00a0';
/** Shown for what is not known. */
export const UNKNOWN = '–';
/** Below this a node in progress never shows a full hundred. */
const ALMOST = 99.99;
const YEAR_S = 365.25 * 86_400;

/** `612 GB`; three digits are as many as anyone compares. */
export function bytes(count: number | null | undefined): string {
  if (count === null || count === undefined) return UNKNOWN;
  let [value, unit] = [Math.abs(count), 0];
  while (value >= 999.5 && unit < t.units.bytes.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${count < 0 ? '−' : ''}${number(value, 0, digits)}${NB}${t.units.bytes[unit]}`;
}

/** A size that somebody chooses: in the binary unit where it was meant in one, so that 450 MiB does not read 472 MB. */
export function size(count: number): string {
  const [mib, gib] = [2 ** 20, 2 ** 30];
  if (count === 0 || count % 1e6 === 0 || count % mib !== 0) return bytes(count);
  const { mebi, gibi } = t.units.binary;
  return count % gib === 0 ? `${number(count / gib)}${NB}${gibi}` : `${number(count / mib)}${NB}${mebi}`;
}

/** `12 to 48 hours on an SSD` out of a longer sentence, for a card. */
export function firstClause(text: string): string {
  return text.split(/[,;:(]/)[0]?.trim() ?? text;
}

/** A version as people read it: one that is a commit, or a hash, is cut. */
export function shortVersion(version: string): string {
  return version.replace(/[0-9a-f]{20,}/g, (hash) => `${hash.slice(0, 8)}…`);
}

/** `Monero gui` from `monero-gui`: for what has no name of its own here. */
export function plainName(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `41 MB/s`. */
export function rate(perSecond: number | null | undefined): string {
  return perSecond === null || perSecond === undefined ? UNKNOWN : t.units.perSecond(bytes(perSecond));
}

/** `884,312`. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : number(value);
}

/** `61.42 %`, cut and not rounded; a hundred only when it is really done. */
export function percent(value: number | null | undefined, done = false): string {
  if (done) return t.units.percent(number(100));
  if (value === null || value === undefined) return UNKNOWN;
  return t.units.percent(number(Math.floor(Math.min(value, ALMOST) * 100) / 100, 2));
}

/** A load such as CPU: whole percent, one digit while small. */
export function load(value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  return t.units.percent(value < 9.95 ? number(value, 1) : number(value));
}

/** `3 h 20 min`: the two largest units. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return UNKNOWN;
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return t.units.seconds(s);
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return t.units.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return join(t.units.hours(hours), minutes % 60 === 0 ? null : t.units.minutes(minutes % 60));
  return join(t.units.days(Math.floor(hours / 24)), hours % 24 === 0 ? null : t.units.hours(hours % 24));
}

/** `3:12`, for something that counts down. */
export function clock(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  const [minutes, rest] = [Math.floor(s / 60), String(s % 60).padStart(2, '0')];
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** `9 to 14 h`; one unit for both ends, and nothing while there is no estimate. */
export function etaRange(low: number | null, high: number | null): string | null {
  if (low === null || high === null) return null;
  const unit = high >= 2 * 86_400 ? 86_400 : high >= 2 * 3600 ? 3600 : 60;
  const label = unit === 86_400 ? t.units.days : unit === 3600 ? t.units.hours : t.units.minutes;
  const from = Math.floor(low / unit);
  const to = Math.max(1, Math.ceil(high / unit));
  if (from === 0) return t.units.under(label(to));
  return from === to ? label(to) : t.units.range(number(from), label(to));
}

/** `12 s ago`. */
export function ago(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return UNKNOWN;
  const s = Math.max(0, seconds);
  if (s < 5) return t.units.now;
  const coarse = s < 60 ? t.units.seconds(Math.round(s)) : s < 5400 ? t.units.minutes(Math.round(s / 60))
    : s < 48 * 3600 ? t.units.hours(Math.round(s / 3600)) : s < YEAR_S ? t.units.days(Math.round(s / 86_400))
      : t.units.years(Math.round((s / YEAR_S) * 10) / 10);
  return t.units.ago(coarse);
}

/** `14:05`. */
export function timeOfDay(ms: number): string {
  return moment(ms, { hour: '2-digit', minute: '2-digit' });
}

/** `Sunday, 22 November 2026`. */
export function day(ms: number): string {
  return moment(ms, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `1 Nov 2026` from `2026-11-01`; anything else as it is. */
export function isoDay(text: string): string {
  const date = new Date(`${text}T12:00:00`);
  if (Number.isNaN(date.getTime())) return text;
  return moment(date.getTime(), { day: 'numeric', month: 'short', year: 'numeric' });
}

/** `22 Nov`. */
export function shortDay(ms: number): string {
  return moment(ms, { day: 'numeric', month: 'short' });
}

/** `sha256:da25cedc66b1…`: enough to tell two apart at a glance; the whole stands where it can be copied. */
export function shortDigest(digest: string): string {
  const [kind, hash = ''] = digest.split(':');
  return hash.length > 14 ? `${kind}:${hash.slice(0, 12)}…` : digest;
}

/** `22 Nov 2026, 14:05`. */
export function dateTime(ms: number): string {
  return moment(ms, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

function join(first: string, second: string | null): string {
  return second === null ? first : t.units.two(first, second);
}
