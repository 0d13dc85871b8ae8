// From recorded use and sync to the lines of charts.
import type { ServiceHistory, UsagePoint } from '../../ipc/generated';
import type { Point } from '../../lib/curve';

/** A figure of recorded use. */
export type UsageFigure = Exclude<keyof UsagePoint, 'at'>;

const figures: UsageFigure[] = [
  'cpu_percent', 'memory_bytes', 'disk_bytes', 'net_in_rate', 'net_out_rate', 'disk_read_rate', 'disk_write_rate',
];

/** One figure over time. */
export function line(points: readonly UsagePoint[], figure: UsageFigure): Point[] {
  return points.map((point) => ({ at: point.at, value: point[figure] }));
}

/**
 * All services as one: what was recorded in the same stretch of time is added up. Several samples of a service in a
 * stretch count as their mean; a figure that no service has stays absent.
 */
export function together(services: readonly ServiceHistory[], stretchMs: number): UsagePoint[] {
  const [only] = services;
  if (services.length === 1 && only) return only.points;
  const stretches = new Map<number, UsagePoint[][]>();
  services.forEach((service, index) => {
    for (const point of service.points) {
      const key = Math.floor(point.at / stretchMs);
      const found = stretches.get(key) ?? services.map(() => []);
      found[index]?.push(point);
      stretches.set(key, found);
    }
  });
  return [...stretches.entries()].sort(([a], [b]) => a - b).map(([key, parts]) => {
    const sums = figures.map((figure) => [figure, sum(parts.map((points) => mean(points, figure)))] as const);
    return { at: key * stretchMs, ...(Object.fromEntries(sums) as Record<UsageFigure, number | null>) };
  });
}

function mean(points: readonly UsagePoint[], figure: UsageFigure): number | null {
  const known = points.map((point) => point[figure]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0) / known.length;
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
