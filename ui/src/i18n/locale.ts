// Where numbers, dates and plurals get their form: the locale in use, and the browser's own formatters for it. They are
// kept, since making one costs more than using it a thousand times.

let locale = 'en-GB';
const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** The locale in use, such as `de-AT`. */
export function currentLocale(): string {
  return locale;
}

/** Uses a locale from now on. */
export function useLocale(next: string): void {
  if (next === locale) return;
  locale = next;
  numbers.clear();
  dates.clear();
}

/** A number in the way of the locale: `924,880`, `1,31`. Without digits: whole and grouped. */
export function number(value: number, least = 0, most = least): string {
  const key = `${least} ${most}`;
  const kept = numbers.get(key) ?? new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most });
  numbers.set(key, kept);
  return kept.format(value);
}

/** A moment in the way of the locale, with the parts that are asked for. */
export function moment(ms: number, parts: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(parts);
  const kept = dates.get(key) ?? new Intl.DateTimeFormat(locale, parts);
  dates.set(key, kept);
  return kept.format(ms);
}

/** The mark between whole and part in the locale: `.` or `,`. */
export function decimalMark(): string {
  return number(1.5, 1).replaceAll(/\d/g, '');
}
