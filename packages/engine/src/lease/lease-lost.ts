import { CoppiceError } from "@coppice/core";

/** Why whatever a holder does has to stop. */
export function leaseLost(why: string): CoppiceError {
  return new CoppiceError("stack.lease", {
    what: "The stack's lease was lost in the midst of a run",
    why,
    wayOut: "Run it again: it goes on where it was stopped",
  });
}

/** Whether something has to stop for that reason, and not since somebody called it off. */
export function isLeaseLost(reason: unknown): boolean {
  return CoppiceError.is(reason) && reason.code === "stack.lease";
}
