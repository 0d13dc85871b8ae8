// Fills `{name}` in a text with values, as the core does.

const PLACEHOLDER = /\{([a-z_]+)\}/g;

/** The text with its values. A placeholder without one stays as it is. */
export function fill(template: string, values: Record<string, string>): string {
  return template.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
}

/** The names that a text asks for, each once, in alphabetical order. */
export function placeholders(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))].sort();
}

/** The text with its values, or nothing where one is missing. */
export function filled(template: string, values: Record<string, string>): string | null {
  return placeholders(template).every((name) => values[name] !== undefined) ? fill(template, values) : null;
}
