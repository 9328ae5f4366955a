import { isList, isProperties, type JsonValue } from "@coppice/core";

/** Whether a value says where a secret is, instead of the secret. */
export function isReference(value: JsonValue): boolean {
  if (!isProperties(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length === 1 &&
    entries.every(([name, text]) => /^(?:env|file)$/.test(name) && typeof text === "string")
  );
}

/** Whether there is such a value anywhere in another one. */
export function holdsReference(value: JsonValue): boolean {
  if (isReference(value)) return true;
  if (isList(value)) return value.some(holdsReference);
  return isProperties(value) && Object.values(value).some(holdsReference);
}
