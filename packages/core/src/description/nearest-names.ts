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
  const near = [...new Set(names)]
    .map((name) => ({ name, distance: nearness(plain(misspelt), plain(name), far) }))
    .filter(({ distance }) => distance <= far);
  const least = Math.max(1, Math.min(...near.map(({ distance }) => distance)));
  return near.filter(({ distance }) => distance <= least).map(({ name }) => name);
}

/** A beginning of at least three letters is as near as can be accepted: `mem` for `memory`, `environment` for `env`. */
function nearness(one: string, other: string, far: number): number {
  const isBeginning =
    Math.min(one.length, other.length) > 2 && (one.startsWith(other) || other.startsWith(one));
  return Math.min(distanceOf(one, other), isBeginning ? far : Number.POSITIVE_INFINITY);
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
 * (optimal string alignment).
 */
function distanceOf(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    rows.push(now);
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const changed = cell(row - 1, column - 1) + (isSame ? 0 : 1);
      const swapped = isSwapped ? cell(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY;
      now.push(Math.min(changed, swapped, cell(row - 1, column) + 1, cell(row, column - 1) + 1));
    }
  }
  return cell(one.length, other.length);
}
