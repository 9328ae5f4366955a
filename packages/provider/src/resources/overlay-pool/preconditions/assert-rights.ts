import { missingRights } from "./missing-rights.ts";
import type { RightsQuestion } from "./needed-rights.ts";
import { refusal } from "./refusal.ts";

/** Refuses a run for which the token lacks a right, each named with the path that it is missing on. */
export function assertRights(run: RightsQuestion): void {
  const missing = missingRights(run);
  if (missing.length > 0) {
    throw refusal(
      run,
      "pool.rights",
      `the token lacks ${missing.join("; ")}`,
      "Grant it as docs/guides/permissions.md shows",
    );
  }
  assertNotWritten(run);
}

/** A configuration that is written as a file belongs to no pool, and whoever has rights in the pool alone may not add it. */
function assertNotWritten({ madeBy, createdInPool, inputs, plan }: RightsQuestion): void {
  if (madeBy !== "bulk" || createdInPool === undefined || plan.seats.every(({ verb }) => verb !== "make"))
    return;
  throw refusal(
    { inputs, plan },
    "pool.rights",
    `'method' is "bulk", which writes machines as files, and the token's rights on machines end at pool '${createdInPool}': it could not add them to it`,
    "Set 'method' to \"overlay\", or grant the rights of docs/guides/permissions.md on /vms",
  );
}
