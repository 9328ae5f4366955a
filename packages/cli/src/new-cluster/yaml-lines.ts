/** A value of a stack's configuration; leaves that are absent are left out. */
export type YamlValue = string | number | boolean | undefined | { readonly [key: string]: YamlValue };

/**
 * An object as lines of YAML, as the engine writes it. A leaf is written as JSON, which YAML contains.
 *
 * @example yamlLines({ main: { endpoint: "https://pve1:8006" } }); // ["main:", '  endpoint: "https://pve1:8006"']
 */
export function yamlLines(value: { readonly [key: string]: YamlValue }, indent = ""): string[] {
  return Object.entries(value).flatMap(([key, item]) => {
    if (item === undefined) return [];
    const name = `${indent}${/^[\w:-]+$/.test(key) ? key : JSON.stringify(key)}:`;
    return typeof item === "object"
      ? [name, ...yamlLines(item, `${indent}  `)]
      : [`${name} ${JSON.stringify(item)}`];
  });
}
