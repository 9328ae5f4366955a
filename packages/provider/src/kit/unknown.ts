import { isList, isProperties, type JsonValue } from "@coppice/core";

/**
 * What the engine sends during a preview in place of a value that is not known yet.
 * The text is part of Pulumi's wire protocol (sdk/go/common/resource/plugin/rpc.go, `UnknownStringValue`).
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

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
