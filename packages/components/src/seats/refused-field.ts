import { RunError } from "@pulumi/pulumi";

/**
 * The error for an argument that cannot be: field, what is wrong, way out. Pulumi shows the sentence of this class of
 * errors without a stack, and of no other.
 *
 * @example throw refusedField("LabClass 'lab'", "seats", "is missing", "Give a number");
 */
export function refusedField(component: string, field: string, why: string, wayOut: string): RunError {
  return new RunError(`${component}: '${field}' ${why}. ${wayOut}`);
}
