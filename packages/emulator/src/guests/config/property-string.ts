import { parseBoolean } from "../../schema/parse-boolean.ts";

/** A property string taken apart, such as `local:1,format=qcow2`. */
export type Properties = Record<string, string>;

/** How a property string names its first part. */
export interface PropertyNames {
  /** The key whose value may stand alone. */
  readonly defaultKey?: string;
  /** The keys of truth values, which become 0 and 1. */
  readonly booleans?: ReadonlySet<string>;
  /** `virtio=<mac>` stands for `model=virtio,macaddr=<mac>`. */
  readonly keyAlias?: { readonly keys: readonly string[]; readonly name: string; readonly value: string };
}

/** Takes a property string apart; the schema has checked it before. */
export function parseProperties(text: string, names: PropertyNames): Properties {
  const found: Properties = {};
  const set = (key: string, value: string) => {
    found[key] = names.booleans?.has(key) === true ? (parseBoolean(value) ?? value) : value;
  };
  for (const part of text.split(",")) {
    if (part === "") continue;
    const cut = part.indexOf("=");
    const key = cut < 0 ? "" : part.slice(0, cut);
    if (cut > 0 && names.keyAlias?.keys.includes(key)) {
      found[names.keyAlias.name] = key;
      found[names.keyAlias.value] = part.slice(cut + 1);
    } else if (cut > 0 && /^[a-z_][a-z0-9_-]*$/i.test(key)) set(key, part.slice(cut + 1));
    else if (names.defaultKey !== undefined) set(names.defaultKey, part);
  }
  return found;
}

/** Writes a property string: the part without a name first, then the keys in order (pve-common, print_property_string). */
export function printProperties(properties: Readonly<Properties>, names: PropertyNames): string {
  const done = new Set<string>();
  const parts: string[] = [];
  const alias = names.keyAlias;
  const aliased = alias === undefined ? undefined : properties[alias.value];
  if (alias !== undefined && aliased !== undefined) {
    parts.push(`${properties[alias.name] ?? ""}=${aliased}`);
    done.add(alias.name).add(alias.value);
  } else if (names.defaultKey !== undefined && properties[names.defaultKey] !== undefined) {
    parts.push(properties[names.defaultKey] ?? "");
    done.add(names.defaultKey);
  }
  for (const key of Object.keys(properties).sort()) {
    if (!done.has(key)) parts.push(`${key}=${properties[key]}`);
  }
  return parts.join(",");
}
