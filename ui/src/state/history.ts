// A short memory of what something used, for the small charts. Bounded, so that a window left open for a month holds no
// more than one opened now.

/** Samples kept: ten minutes at one every four seconds. */
export const MOST_SAMPLES = 150;

/** One look. Absent figures stay absent; nothing is filled in. */
export interface Sample {
  at: number;
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  netIn: number | null;
  netOut: number | null;
  diskRead: number | null;
  diskWrite: number | null;
}

/** Samples, oldest first. */
export type History = readonly Sample[];

/** Which figure of a sample. */
export type Figure = 'cpu' | 'memory' | 'disk' | 'netIn' | 'netOut' | 'diskRead' | 'diskWrite';

/** No samples. */
export function emptyHistory(): History {
  return [];
}

/** Adds a sample and drops the oldest ones. */
export function addSample(history: History, sample: Sample): History {
  return [...history.slice(-(MOST_SAMPLES - 1)), sample];
}

/** One figure over time, without the gaps. */
export function series(history: History, figure: Figure): number[] {
  return history.map((sample) => sample[figure]).filter((value) => value !== null);
}

/** The newest known value of a figure. */
export function latest(history: History, figure: Figure): number | null {
  return history.findLast((sample) => sample[figure] !== null)?.[figure] ?? null;
}
