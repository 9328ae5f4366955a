import { CoppiceError } from "@coppice/core";
import { RunError } from "@pulumi/pulumi";

/**
 * Reads one argument; a refusal names the component and the field.
 *
 * @example readField("LabClass 'lab'", "hardware.memory", () => parseMemoryMiB("4GB"))
 */
export function readField<T>(component: string, field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!CoppiceError.is(error)) throw error;
    throw new RunError(`${component}: '${field}': ${error.message}`);
  }
}
