// Versions of several services as one word.
import { shortVersion } from '../../lib/format';

/** `31.2`, or `2.1, 8.0` where services differ. */
export function versionOf(versions: readonly string[]): string {
  return [...new Set(versions.map(shortVersion))].join(', ');
}
