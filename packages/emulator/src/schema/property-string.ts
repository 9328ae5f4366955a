import type { PropertyFormat } from "./param-table.ts";
import { parseBoolean } from "./parse-boolean.ts";

/** A property string's keys and values, or what is wrong with its form. */
export type Parsed = { readonly values: ReadonlyMap<string, string> } | { readonly problem: string };

type Pair = readonly [string, string];

/** The keys of a property string whose values are truth values. */
export function booleanKeys({ keys }: PropertyFormat): string[] {
  return Object.entries(keys).flatMap(([key, { type }]) => (type === "boolean" ? [key] : []));
}

function pairsOf(format: PropertyFormat, part: string): readonly Pair[] | string {
  const cut = part.indexOf("=");
  const key = cut < 0 ? "" : part.slice(0, cut);
  if (/^[^\s=]+$/.test(key)) {
    const alias = format.keyAlias?.[key];
    const value = part.slice(cut + 1);
    if (alias === undefined) return [[key, value]];
    return [
      [alias[0], key],
      [alias[1], value],
    ];
  }
  if (format.defaultKey === undefined) return "value without key, but schema does not define a default key";
  return [[format.defaultKey, part]];
}

/**
 * Takes a property string apart without checking the values; truth values become 0 and 1 (pve-common, JSONSchema.pm parse_property_string).
 *
 * @example parsePropertyString(netFormat, "virtio,bridge=vmbr0")
 */
export function parsePropertyString(format: PropertyFormat, text: string): Parsed {
  const values = new Map<string, string>();
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const pairs = pairsOf(format, part);
    if (typeof pairs === "string") return { problem: pairs };
    for (const [key, value] of pairs) {
      if (values.has(key)) return { problem: `duplicate key in comma-separated list property: ${key}` };
      const isBoolean = Object.hasOwn(format.keys, key) && format.keys[key]?.type === "boolean";
      values.set(key, isBoolean ? (parseBoolean(value) ?? value) : value);
    }
  }
  return { values };
}
