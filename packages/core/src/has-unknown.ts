import { isList, isProperties, type JsonValue } from "./properties.ts";
import { isUnknown } from "./values/unknown-value.ts";

/** Whether the value, or anything inside it, is not known yet. */
export function hasUnknown(value: JsonValue | undefined): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isProperties(value) && Object.values(value).some(hasUnknown);
}
