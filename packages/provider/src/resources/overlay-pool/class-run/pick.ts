/** The entry of a map that is known to have it. */
export function pick<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new TypeError(`There is no '${key}' among ${[...map.keys()].join(", ")}.`);
  return value;
}
