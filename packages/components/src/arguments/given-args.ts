import { type Fields, holdsSecret, type RecordType, type Shape } from "@coppice/core";
import { secret } from "@pulumi/pulumi";
import { isOutput } from "./is-output.ts";

/**
 * Arguments without mistakes as they go into the state and on to resources: as the program wrote them, without what is
 * absent, and with what is secret as secret outputs.
 *
 * @example givenArgs(labClassKind, args)
 */
export function givenArgs<Args extends object>({ fields }: RecordType, args: Args): Args {
  // A secret field takes an output where it takes a value, and absent fields are optional.
  return givenFields(fields, args) as Args;
}

function givenFields(fields: Fields, values: object): object {
  const given = Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const field = fields[name];
    if (value === undefined || value === null || field === undefined) return [];
    return [[name, givenValue(field, value)] as const];
  });
  return Object.fromEntries(given);
}

/** Of an object just the secrets inside, so that the rest stays readable; any other value as a whole. */
function givenValue(shape: Shape & { readonly secret?: true }, value: unknown): unknown {
  if (!holdsSecret(shape)) return value;
  if (shape.secret === true || shape.kind !== "record" || isOutput(value)) return secret(value);
  return typeof value === "object" && value !== null ? givenFields(shape.type.fields, value) : value;
}
