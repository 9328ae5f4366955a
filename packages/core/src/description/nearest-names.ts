/** The longest word that is compared; what is longer is no misspelt name. */
const LONGEST = 60;

/**
 * The names that a misspelt one most likely means: all at one letter's distance, else the nearest ones within a third
 * of its length or that one is the beginning of the other. Case, `_` and `-` do not count.
 *
 * @example nearestNames("polcy", ["policy", "running"]) // ["policy"]
 */
export function nearestNames(misspelt: string, names: readonly string[]): string[] {
  if (misspelt.length > LONGEST) return [];
  const far = Math.max(1, Math.floor(misspelt.length / 3));
  const meant = plain(misspelt);
  const near = [...new Set(names)]
    .map((name) => ({ name, distance: nearness(meant, plain(name), far) }))
    .filter(({ distance }) => distance <= far);
  const least = Math.max(1, Math.min(...near.map(({ distance }) => distance)));
  return near.filter(({ distance }) => distance <= least).map(({ name }) => name);
}

/** A beginning of at least three letters is as near as can be accepted: `mem` for `memory`, `environment` for `env`. */
function nearness(one: string, other: string, far: number): number {
  const isBeginning =
    Math.min(one.length, other.length) > 2 && (one.startsWith(other) || other.startsWith(one));
  return Math.min(distanceOf(one, other, far), isBeginning ? far : Number.POSITIVE_INFINITY);
}

/** Whether two names differ in nothing but case, `_` and `-`. */
export function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/**
 * How many letters must be changed, added, left out or swapped with their neighbour to make one word of the other
 * (optimal string alignment). What is farther away than `far` is infinitely far.
 */
function distanceOf(one: string, other: string, far: number): number {
  // So many letters at least must be added.
  if (Math.abs(one.length - other.length) > far) return Number.POSITIVE_INFINITY;
  let rows: Rows = { before: [], last: Array.from({ length: other.length + 1 }, (_, column) => column) };
  for (let row = 1; row <= one.length; row += 1) {
    rows = { before: rows.last, last: nextRow(rows, { one, other, row }) };
    // A swap takes up again the row before the last.
    if (Math.min(...rows.before, ...rows.last) > far) return Number.POSITIVE_INFINITY;
  }
  return rows.last[other.length] ?? Number.POSITIVE_INFINITY;
}

/** Distances of the beginnings of one word from those of the other, for its last two letters. */
interface Rows {
  readonly before: readonly number[];
  readonly last: readonly number[];
}

interface Words {
  readonly one: string;
  readonly other: string;
  readonly row: number;
}

function nextRow({ before, last }: Rows, { one, other, row }: Words): number[] {
  const now = [row];
  for (let column = 1; column <= other.length; column += 1) {
    const isSame = one[row - 1] === other[column - 1];
    const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
    const changed = at(last, column - 1) + (isSame ? 0 : 1);
    const swapped = isSwapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY;
    now.push(Math.min(changed, swapped, at(last, column) + 1, at(now, column - 1) + 1));
  }
  return now;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
