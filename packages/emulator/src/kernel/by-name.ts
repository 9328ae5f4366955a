/**
 * Orders entries by their names, byte by byte as Perl's `sort` does.
 *
 * @example [...map].sort(byName)
 */
export function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  if (a[0] === b[0]) return 0;
  return a[0] < b[0] ? -1 : 1;
}
