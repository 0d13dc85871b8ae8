// Which language the window speaks: the setting, or what the system prefers. The setting is kept in the browser as well,
// so that the next start speaks it before the core has answered.
import { isSpoken, languages, localeOf, pickLanguage, type LanguageCode } from '../i18n/languages';
import { useLocale } from '../i18n/locale';
import { useWords } from '../i18n/text';
import type { Language } from '../ipc/generated';

const KEPT = 'freehold-language';

class LanguageChoice {
  /** The language that is spoken; the window is mounted anew when it changes. */
  current = $state<LanguageCode>('en');
  /** Whether the user has just chosen it, so that the field that it was chosen in gets the focus again. */
  justChosen = false;
  #wanted: LanguageCode = 'en';

  /** Speaks what was spoken last, or what the system prefers. Never fails: without its file a language is English. */
  begin(): Promise<void> {
    return this.follow(kept());
  }

  /** Speaks what the setting says. Resolves when the words are there. */
  async follow(setting: Language): Promise<void> {
    keep(setting);
    const code = pickLanguage(setting, navigator.languages);
    this.#wanted = code;
    if (code === this.current) this.justChosen = false;
    try {
      const words = await languages[code].load();
      // A later choice that was quicker stands.
      if (this.#wanted !== code) return;
      useWords(words);
      useLocale(localeOf(code, navigator.languages));
      document.documentElement.lang = code;
      this.current = code;
    } catch {
      // The file could not be fetched, as when the host has just gone: the language in use stays, and the window works.
      this.#wanted = this.current;
    }
  }
}

function kept(): Language {
  try {
    const found = localStorage.getItem(KEPT);
    return found !== null && isSpoken(found) ? found : 'system';
  } catch {
    return 'system';
  }
}

function keep(setting: Language): void {
  try {
    localStorage.setItem(KEPT, setting);
  } catch {
    // Without a store the next start follows the system until the core has answered.
  }
}

/** The language of the window. */
export const language = new LanguageChoice();
