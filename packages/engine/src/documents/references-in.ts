import { isList, isProperties, type JsonValue } from "@coppice/core";
import { isReference } from "./is-reference.ts";

/** All that a value names instead of holding it: variables of the environment, or files. */
export function referencesIn(value: JsonValue, by: "env" | "file"): string[] {
  if (isList(value)) return value.flatMap((each) => referencesIn(each, by));
  if (!isProperties(value)) return [];
  const named = isReference(value) ? value[by] : undefined;
  if (typeof named === "string") return [named];
  return Object.values(value).flatMap((each) => referencesIn(each, by));
}
