/**
 * Writes a path as Pulumi reads it: `propertyPath("files", "a.txt")` is `files["a.txt"]`.
 */
export function propertyPath(...keys: readonly (string | number)[]): string {
  return keys.map((key, index) => segment(key, index === 0)).join("");
}

/** The top-level property that a path begins with. */
export function topLevelName(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

function segment(key: string | number, first: boolean): string {
  if (typeof key === "number") return `[${key}]`;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return first ? key : `.${key}`;
  return `["${key.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"]`;
}
