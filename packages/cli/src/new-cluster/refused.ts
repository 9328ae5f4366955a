import { CoppiceError } from "@coppice/core";

/** An error about what was given of a cluster, with the way to give it. */
export function refused(what: string, wayOut: string): CoppiceError {
  return new CoppiceError("template.cluster", { what, wayOut });
}
