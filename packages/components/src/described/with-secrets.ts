import {
  type CredentialReference,
  type FieldPath,
  type Fields,
  isNamed,
  type Mistake,
  type Named,
} from "@coppice/core";
import { secret } from "@pulumi/pulumi";
import { type ReferencePlaces, readReference } from "./read-reference.ts";

/** Inputs in which every reference to a secret is the secret. */
export interface WithSecrets {
  readonly inputs: Named;
  /** References that led nowhere. */
  readonly mistakes: readonly Mistake[];
}

/** Reads the secrets that a description refers to. They lie in objects with fixed fields. */
export function withSecrets(
  fields: Fields,
  inputs: Named,
  places: ReferencePlaces,
  path: FieldPath = [],
): WithSecrets {
  const mistakes: Mistake[] = [];
  const entries = Object.entries(inputs).map(([name, value]): [string, unknown] => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined || !isNamed(value)) return [name, value];
    const read = readField(field, value, places, [...path, name]);
    mistakes.push(...read.mistakes);
    return [name, read.value];
  });
  return { inputs: Object.fromEntries(entries), mistakes };
}

interface Read {
  readonly value: unknown;
  readonly mistakes: readonly Mistake[];
}

function readField(field: Fields[string], value: Named, places: ReferencePlaces, path: FieldPath): Read {
  if (field.secret === true) return secretAt(value, places, path);
  if (field.kind !== "record") return { value, mistakes: [] };
  const { inputs, mistakes } = withSecrets(field.type.fields, value, places, path);
  return { value: inputs, mistakes };
}

function secretAt(reference: CredentialReference, places: ReferencePlaces, path: FieldPath): Read {
  const read = readReference(reference, places);
  if ("value" in read) return { value: secret(read.value), mistakes: [] };
  return { value: undefined, mistakes: [{ path, reason: `leads nowhere: ${read.problem}` }] };
}
