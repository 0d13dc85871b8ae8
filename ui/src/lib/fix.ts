// What a button that mends a finding says.
import type { FixView } from '../ipc/generated';
import { t } from '../i18n/text';
import { bytes, plainName } from './format';

/** The words of a fix, for its button and for the line that says that it was done. */
export function fixLabel(fix: FixView): string {
  const [first = '', second = ''] = fix.words;
  switch (fix.kind) {
    case 'option':
      if (fix.words.length > 2) return t.fixes.both(t.fixes.option(first, second), t.fixes.option(fix.words[2] ?? '', fix.words[3] ?? ''));
      return fix.value === 'off' ? t.fixes.off(first) : fix.value === 'on' ? t.fixes.on(first) : t.fixes.option(first, second);
    case 'folder':
      return t.fixes.folder(first, bytes(Number(second)));
    case 'port':
      return t.fixes.port(fix.value);
    case 'need':
      return t.fixes.need(plainName(first));
    default:
      return t.fixes.engine;
  }
}
