import { isDeepStrictEqual } from "node:util";
import { isProperties, type JsonValue, type Properties } from "@coppice/core";
import { propertyPath } from "./property-path.ts";
import type { PropertyChange } from "./resource-handler.ts";
import type { ResourceSchema } from "./resource-schema.ts";

/**
 * Compares what is recorded with the inputs, item by item, by the schema: a property marked `replaces`
 * asks for a new resource. Outputs that are no inputs are left out.
 */
export function diffProperties(
  schema: ResourceSchema,
  old: Properties,
  inputs: Properties,
): PropertyChange[] {
  return Object.entries(schema.inputs).flatMap(([name, property]) => {
    const changes = diffValue([name], old[name], inputs[name]);
    return property.replaces === true ? changes.map((change) => ({ ...change, replaces: true })) : changes;
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
  return [{ path: propertyPath(...path), kind: changeKind(old, wanted) }];
}

function changeKind(old: JsonValue | undefined, wanted: JsonValue | undefined): PropertyChange["kind"] {
  if (old === undefined || old === null) return "add";
  return wanted === undefined || wanted === null ? "delete" : "update";
}
