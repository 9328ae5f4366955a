import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { guestOptions } from "../options/guest-options.ts";

/** Options outside the schema that Proxmox keeps as numbers. */
const internalNumbers = new Set(["snaptime"]);

/**
 * An option as the API answers it: integers and booleans as numbers, everything else as text. `cpulimit` is a schema
 * "number" and stays text, `memory` is a property string (recorded on 8.4 and 9.2).
 */
export function jsonValue(key: string, value: string): string | number {
  const type = guestOptions[key]?.type;
  const numeric = type === "integer" || type === "boolean" || internalNumbers.has(key);
  return numeric && /^-?\d+$/.test(value) ? Number(value) : value;
}

/** A whole section as the API answers it. */
export function jsonValues(values: Readonly<ConfigValues>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, jsonValue(key, value)]));
}
