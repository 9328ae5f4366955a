import { isList, isProperties, type JsonValue, unknownValue } from "@coppice/core";

/** Whether the value as a whole is not known yet. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether the value, or anything inside it, is not known yet. */
export function hasUnknown(value: JsonValue | undefined): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isProperties(value) && Object.values(value).some(hasUnknown);
}
