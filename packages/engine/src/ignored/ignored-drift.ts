/** A difference that does not count for a while, since somebody said so. */
export interface IgnoredDrift extends DriftName {
  /** What was found, in words: anything else that is found there counts. */
  readonly what: string;
  /** Its last day, as `2026-12-31`. */
  readonly until: string;
  readonly who: string;
  /** When that was said, as ISO text. */
  readonly when: string;
}

/** What of which seat. */
export interface DriftName {
  readonly kind: string;
  readonly name: string;
  /** Of a machine that is nobody's seat, its number; of a document without machines, its name. */
  readonly seat: string;
  readonly field: string;
}

/** Those that have not run out: one stands to the end of its last day. */
export function standing(ignored: readonly IgnoredDrift[], now: number): IgnoredDrift[] {
  return ignored.filter(({ until }) => now < endOf(until));
}

/** When a day is over, by UTC; not a number where it is no day. */
export function endOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`);
  // The 31st of a shorter month would be read as a day of the next one.
  const isDay = !Number.isNaN(start) && new Date(start).toISOString().startsWith(`${day}T`);
  return isDay ? start + DAY : Number.NaN;
}

const DAY = 24 * 3_600_000;

/** Whether both are about the same. */
export function isSameDrift(a: DriftName, b: DriftName): boolean {
  return a.kind === b.kind && a.name === b.name && a.seat === b.seat && a.field === b.field;
}
