// Plurals by the rules of a language, not by `n === 1`: French says one for nothing, Japanese knows no plural at all.

/** What is said for each kind of number that a language tells apart. `zero` stands for exactly nothing, in any language. */
export interface Forms {
  zero?: string;
  one?: string;
  few?: string;
  many?: string;
  other: string;
}

/** Chooses by the rules of a language. A form that is not given is `other`. */
export function pluralIn(language: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (n, forms) => {
    if (n === 0 && forms.zero !== undefined) return forms.zero;
    const kind = rules.select(n);
    return (kind === 'zero' || kind === 'two' ? undefined : forms[kind]) ?? forms.other;
  };
}
