/**
 * What stands in a preview in place of a value that is not known yet.
 * The text is part of Pulumi's wire protocol (sdk/go/common/resource/plugin/rpc.go, `UnknownStringValue`).
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value as a whole is not known yet. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}
