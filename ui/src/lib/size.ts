// Sizes as the core writes and reads them: `10GB`, `550MiB`, or a bare number in the option's own unit.
import { decimalMark } from '../i18n/locale';

const FACTORS: Record<string, number> = {
  b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40,
};

/** Bytes of a size, or nothing when it cannot be read. */
export function parseSize(text: string, unit: string | null): number | null {
  const match = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(text);
  if (match === null) return null;
  const factor = FACTORS[(match[2] || unit || 'B').toLowerCase().replace(/^bytes$/, 'b')];
  const value = Number(match[1]);
  return factor === undefined || !Number.isFinite(value) ? null : Math.round(value * factor);
}

/** Bytes of a size that somebody typed in the way of the language in use, such as `1,5 Go`. */
export function readSize(typed: string, unit: string | null): number | null {
  const text = typed.normalize('NFKC').replace(/o\s*$/i, 'B');
  return parseSize(decimalMark() === ',' && text.includes(',') ? text.replaceAll('.', '').replace(',', '.') : text, unit);
}

/** Writes bytes in the way that `--set` takes. */
export function writeSize(bytes: number): string {
  if (bytes % 1e9 === 0) return `${bytes / 1e9}GB`;
  if (bytes % 2 ** 20 === 0) return `${bytes / 2 ** 20}MiB`;
  if (bytes % 1e6 === 0) return `${bytes / 1e6}MB`;
  return `${bytes}B`;
}

/** Where a value stands between two others on a scale that gives small sizes as much room as large ones. */
export function toSlider(value: number, min: number, max: number, steps: number): number {
  const low = Math.max(min, 1);
  return Math.round((Math.log(Math.max(value, low) / low) / Math.log(max / low)) * steps);
}

/** The inverse of `toSlider`, rounded to two digits so that it reads well. */
export function fromSlider(position: number, min: number, max: number, steps: number): number {
  if (position <= 0) return min;
  if (position >= steps) return max;
  const low = Math.max(min, 1);
  const raw = low * Math.exp((position / steps) * Math.log(max / low));
  const unit = raw >= 1e9 ? 1e9 : 1e6;
  const inUnit = raw / unit;
  const step = inUnit >= 100 ? 10 : inUnit >= 20 ? 5 : 1;
  return Math.min(max, Math.max(min, Math.round(inUnit / step) * step * unit));
}
