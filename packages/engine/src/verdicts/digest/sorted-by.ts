/** A list in the order of its keys, whatever order it came in. */
export function sortedBy<T>(list: readonly T[], keysOf: (each: T) => readonly unknown[]): T[] {
  const keyed = list.map((each) => ({ each, key: JSON.stringify(keysOf(each)) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ each }) => each);
}
