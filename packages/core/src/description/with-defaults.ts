import { formatDuration, parseDuration } from "../values/duration.ts";
import { formatSize, parseSize } from "../values/size.ts";
import type { RecordType, Shape } from "./field.ts";
import { isAbsent, isNamed, type Named, optionFor, valueIn } from "./shape-values.ts";

/** Whether a value is not known before the run. */
export type IsUnknown = (value: unknown) => boolean;

/**
 * An object without mistakes as the code that acts reads it: defaults filled in, what is absent left out, and sizes
 * and durations in one spelling, so that `"4096MiB"` and `"4GiB"` do not differ. What is not known yet stays.
 *
 * @example withDefaults(overlayPoolKind, inputs, (value) => value === unknownValue)
 */
export function withDefaults<Value extends object>(
  type: RecordType<Value>,
  given: object,
  isUnknown: IsUnknown = () => false,
): Value {
  // The type's interface is generated from the same fields that the values were checked by.
  return completed(type, { ...given }, isUnknown) as Value;
}

function completed({ fields }: RecordType, given: Named, isUnknown: IsUnknown): Named {
  const known = Object.entries(fields).flatMap(([name, field]) => {
    const value = valueIn(given, name) ?? field.default;
    return value === undefined ? [] : [[name, canonical(field, value, isUnknown)] as const];
  });
  const others = Object.entries(given).filter(([name]) => !Object.hasOwn(fields, name));
  return Object.fromEntries([...known, ...others]);
}

function canonical(shape: Shape, value: unknown, isUnknown: IsUnknown): unknown {
  if (isUnknown(value)) return value;
  switch (shape.kind) {
    case "size":
      return typeof value === "string" ? formatSize(parseSize(value)) : value;
    case "duration":
      return typeof value === "string" ? formatDuration(parseDuration(value)) : value;
    case "list":
      return Array.isArray(value) ? value.map((item) => canonical(shape.items, item, isUnknown)) : value;
    case "map":
      return isNamed(value) ? canonicalMap(shape.values, value, isUnknown) : value;
    case "record":
      return isNamed(value) ? completed(shape.type, value, isUnknown) : value;
    case "one-of": {
      const option = optionFor(shape, value);
      return option === undefined ? value : canonical(option, value, isUnknown);
    }
    case "text":
    case "whole":
    case "flag":
    case "choice":
      return value;
  }
}

function canonicalMap(values: Shape, given: Named, isUnknown: IsUnknown): Named {
  const entries = Object.entries(given).filter(([, value]) => !isAbsent(value));
  return Object.fromEntries(entries.map(([key, value]) => [key, canonical(values, value, isUnknown)]));
}
