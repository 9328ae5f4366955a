import { isNamed, type Named } from "@coppice/core";

/** The value at a path of names; undefined where nothing is. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (isNamed(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  );
}

/** The same object with another value at a path; what lies on the way is there. */
export function withValueAt(value: Named, [name, ...rest]: readonly string[], inner: unknown): Named {
  if (name === undefined) return value;
  const before = value[name];
  return { ...value, [name]: rest.length > 0 && isNamed(before) ? withValueAt(before, rest, inner) : inner };
}
