/** A value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Inputs or outputs of a resource as the engine keeps them: named JSON values. */
export type Properties = Readonly<Record<string, JsonValue>>;

/** Whether a value is a list. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether a value is an object of named values (not a list, not null). */
export function isProperties(value: JsonValue | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The object of named values that a text is as JSON; undefined when it is none, or was cut off.
 *
 * @example parseProperties('{"a":1}') // { a: 1 }
 */
export function parseProperties(text: string): Properties | undefined {
  try {
    const value = JSON.parse(text) as JsonValue; // what JSON.parse gives is JSON
    return isProperties(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
