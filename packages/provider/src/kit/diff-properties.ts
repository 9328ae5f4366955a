import { isDeepStrictEqual } from "node:util";
import { formatPath, isProperties, type JsonValue, type Kind, type Properties } from "@coppice/core";
import type { PropertyChange } from "./resource-handler.ts";

/**
 * Compares what is recorded with the inputs, item by item, by the kind: a field marked `replaces`
 * asks for a new resource. Outputs that are no inputs are left out.
 */
export function diffProperties(kind: Kind, old: Properties, inputs: Properties): PropertyChange[] {
  return Object.entries(kind.fields).flatMap(([name, field]) => {
    const changes = diffValue([name], old[name], inputs[name]);
    return field.replaces === true ? changes.map((change) => ({ ...change, replaces: true })) : changes;
  });
}

/** The differences between two objects by key, each named under `name`: `files["a.txt"]`. */
export function diffItems(name: string, old: Properties, wanted: Properties): PropertyChange[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort();
  return keys.flatMap((key) => diffValue([name, key], old[key], wanted[key]));
}

function diffValue(
  path: readonly string[],
  old: JsonValue | undefined,
  wanted: JsonValue | undefined,
): PropertyChange[] {
  if (isDeepStrictEqual(old ?? null, wanted ?? null)) return [];
  if (isProperties(old) && isProperties(wanted)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort();
    return keys.flatMap((key) => diffValue([...path, key], old[key], wanted[key]));
  }
  return [{ path: formatPath(path), kind: changeKind(old, wanted) }];
}

function changeKind(old: JsonValue | undefined, wanted: JsonValue | undefined): PropertyChange["kind"] {
  if (old === undefined || old === null) return "add";
  return wanted === undefined || wanted === null ? "delete" : "update";
}
