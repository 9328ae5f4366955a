import { isDeepStrictEqual } from "node:util";
import {
  type Field,
  type FieldPath,
  type Fields,
  holdsSecret,
  isList,
  isProperties,
  type JsonValue,
  type Properties,
  type Shape,
} from "@coppice/core";
import { isReference } from "../documents/is-reference.ts";

/** One field of a document that differs between two versions. */
export interface FieldChange {
  readonly path: FieldPath;
  /** Absent where it was not said. Secrets are not shown; where one is kept, is. */
  readonly old?: JsonValue;
  /** Absent where it is not said any more. */
  readonly new?: JsonValue;
}

/** What stands for a value that is not shown. */
const SECRET = "[secret]";

/** What is known of a field; undefined for one that this version does not know, whose value may be a secret. */
type Known = Field | (Shape & { readonly secret?: true }) | undefined;

/** The fields that differ between two descriptions of one kind, in the order of the kind's fields. */
export function fieldChanges(fields: Fields, before: Properties, after: Properties): FieldChange[] {
  const names = new Set([...Object.keys(fields), ...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changesOf(own(fields, name), [name], [before[name], after[name]]));
}

type Two = readonly [JsonValue | undefined, JsonValue | undefined];

function changesOf(field: Known, path: FieldPath, [old, now]: Two): FieldChange[] {
  if (isDeepStrictEqual(old, now)) return [];
  const inner = namesInside(field, [old, now]).flatMap((name) => {
    const values: Two = [insideOf(old, name), insideOf(now, name)];
    return changesOf(fieldInside(field, name), [...path, name], values);
  });
  if (inner.length > 0) return inner;
  return [
    {
      path,
      ...(old !== undefined && { old: shown(field, old) }),
      ...(now !== undefined && { new: shown(field, now) }),
    },
  ];
}

/** Objects are compared by what is in them; everything else as a whole. */
function namesInside(field: Known, values: Two): string[] {
  const isOpen = field !== undefined && field.secret !== true && ["record", "map"].includes(field.kind);
  const areObjects = values.every((value) => value === undefined || isProperties(value));
  if (!isOpen || !areObjects) return [];
  const known = field.kind === "record" ? Object.keys(field.type.fields) : [];
  const said = values.flatMap((value) => Object.keys(value ?? {}));
  return [...new Set([...known, ...said])];
}

function insideOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isProperties(value) ? value[name] : undefined;
}

function fieldInside(field: Known, name: string): Known {
  if (field?.kind === "record") return own(field.type.fields, name);
  return field?.kind === "map" ? field.values : undefined;
}

function own(fields: Fields, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A value with every secret left out; where a secret is kept may be seen. */
function shown(field: Known, value: JsonValue): JsonValue {
  if (field === undefined || field.secret === true) return isReference(value) ? value : SECRET;
  if (!holdsSecret(field)) return value;
  if (field.kind === "list" && isList(value)) return value.map((item) => shown(field.items, item));
  if ((field.kind === "record" || field.kind === "map") && isProperties(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([name, each]) => [name, shown(fieldInside(field, name), each)]));
  }
  return SECRET;
}
