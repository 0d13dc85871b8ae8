// The languages of the window. English is part of the first bundle; each other one is a file of its own, fetched when it
// is chosen.
import type { Language } from '../ipc/generated';
import { en } from './en';
import type { Words } from './text';

interface Spoken {
  /** What it calls itself. */
  name: string;
  /** The locale for numbers and dates where the system names none of this language. */
  locale: string;
  load: () => Promise<Words>;
}

/** Every language, in the order in which it is offered. */
export const languages = {
  en: { name: 'English', locale: 'en-GB', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', locale: 'de-DE', load: async () => (await import('./de')).de },
  fr: { name: 'Français', locale: 'fr-FR', load: async () => (await import('./fr')).fr },
  es: { name: 'Español', locale: 'es-ES', load: async () => (await import('./es')).es },
  pt: { name: 'Português (Brasil)', locale: 'pt-BR', load: async () => (await import('./pt')).pt },
  ja: { name: '日本語', locale: 'ja-JP', load: async () => (await import('./ja')).ja },
} satisfies Partial<Record<Exclude<Language, 'system'>, Spoken>>;

/** A language that the window speaks. */
export type LanguageCode = keyof typeof languages;

/** The codes, in the order in which they are offered. */
export const languageCodes = Object.keys(languages) as LanguageCode[];

function primary(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}

/** The language for a setting; `preferred` is what the system prefers, most wanted first. */
export function pickLanguage(setting: Language, preferred: readonly string[]): LanguageCode {
  if (setting !== 'system') return isSpoken(setting) ? setting : 'en';
  for (const tag of preferred) {
    const found = languageCodes.find((code) => code === primary(tag));
    if (found) return found;
  }
  return 'en';
}

/** The locale for a language: the system's own where it speaks it (`de-AT`), else the usual one. */
export function localeOf(code: LanguageCode, preferred: readonly string[]): string {
  return preferred.find((tag) => primary(tag) === code && isLocale(tag)) ?? languages[code].locale;
}

/** Whether a text is the code of a language. */
export function isSpoken(text: string): text is LanguageCode {
  return text in languages;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
