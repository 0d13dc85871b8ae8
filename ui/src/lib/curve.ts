// Points over time as what a chart needs: paths with honest gaps, the range of the figures, rows for a table.

/** A figure at a moment; absent where nobody knew it. */
export interface Point {
  at: number;
  value: number | null;
}

/** The stretch of time and the top of the scale that a chart shows. */
export interface Frame {
  from: number;
  to: number;
  low: number;
  high: number;
  width: number;
  height: number;
}

/** A line is broken where samples are missing for this many times their usual distance. */
const GAP_FACTOR = 3.5;

/** Lowest, highest and last known figure; nothing where none is known. */
export function extent(points: readonly Point[]): { low: number; high: number; last: number } | null {
  const known = points.map((point) => point.value).filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return null;
  return { low: Math.min(...known), high: Math.max(...known), last };
}

/** Round tops for a scale, as multiples of a power of ten. */
const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
/** Room above the highest figure, so that the scale's label covers no line. */
const HEADROOM = 1.2;

/** The top of a scale that begins at zero: a round figure with some room above the highest one. */
export function roundTop(high: number): number {
  const wanted = high * HEADROOM;
  if (wanted <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (ROUND.find((step) => step * power >= wanted) ?? 10) * power;
}

/** A scale around figures that are far from zero and change little, with room on both sides. */
export function around(low: number, high: number): { low: number; high: number } {
  const room = Math.max(high - low, 1) * (HEADROOM - 1) * 2;
  return { low: low - room / 2, high: high + room };
}

/** Where a moment stands from left to right. */
export function xOf(frame: Frame, at: number): number {
  return ((at - frame.from) / Math.max(1, frame.to - frame.from)) * frame.width;
}

/** Where a figure stands from top to bottom. */
export function yOf(frame: Frame, value: number): number {
  return frame.height - ((value - frame.low) / Math.max(1e-9, frame.high - frame.low)) * frame.height;
}

/** Stretches without a gap, oldest first: a gap is a missing figure, or time in which nothing was recorded. */
export function stretches(points: readonly Point[]): { at: number; value: number }[][] {
  const steps = points.slice(1).map((point, index) => point.at - (points[index]?.at ?? 0)).sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? 0;
  const found: { at: number; value: number }[][] = [];
  let open: { at: number; value: number }[] = [];
  let before: number | null = null;
  for (const { at, value } of points) {
    if (value === null || (before !== null && at - before > usual * GAP_FACTOR)) {
      if (open.length > 0) found.push(open);
      open = [];
    }
    if (value !== null) open.push({ at, value });
    before = at;
  }
  if (open.length > 0) found.push(open);
  return found;
}

/** The path of a line. A figure that stands alone between gaps becomes a dot. */
export function linePath(points: readonly Point[], frame: Frame): string {
  const place = ({ at, value }: { at: number; value: number }) => `${xOf(frame, at).toFixed(1)} ${yOf(frame, value).toFixed(1)}`;
  return stretches(points)
    .map((stretch) => (stretch.length === 1 && stretch[0] ? `M${place(stretch[0])}h0.1` : stretch.map((point, index) => `${index === 0 ? 'M' : 'L'}${place(point)}`).join('')))
    .join('');
}

/** The path of the ground under a line. */
export function groundPath(points: readonly Point[], frame: Frame): string {
  return stretches(points)
    .filter((stretch) => stretch.length > 1)
    .map((stretch) => {
      const line = stretch.map((point) => `L${xOf(frame, point.at).toFixed(1)} ${yOf(frame, point.value).toFixed(1)}`).join('');
      return `M${xOf(frame, stretch[0]?.at ?? 0).toFixed(1)} ${frame.height}${line}V${frame.height}z`;
    })
    .join('');
}

/** The point that is nearest to a moment. */
export function nearest(points: readonly Point[], at: number): Point | null {
  let found: Point | null = null;
  for (const point of points) if (found === null || Math.abs(point.at - at) < Math.abs(found.at - at)) found = point;
  return found;
}

/** At most so many of the points, evenly chosen, the last one among them: rows that somebody can listen to. */
export function sparse<T>(points: readonly T[], most: number): T[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, index) => points[Math.round(((index + 1) * (points.length - 1)) / most)]).filter((point) => point !== undefined);
}
