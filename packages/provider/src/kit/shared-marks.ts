import { madeUnder, withCode } from "@coppice/core";
import type { CheckFailure } from "./check-failures.ts";

/**
 * The resources of a run by the URN that they were made under. One that was renamed, or given another parent, keeps the
 * marks of its former name, so no other may get that name: it would take the machines of the first for what an
 * interrupted run of its own left.
 */
export class SharedMarks {
  readonly #named = new Map<string, string>();

  /** Refuses a resource whose marks another one has, in whichever order the engine asks about them. */
  refuseShared(madeAs: string, urn: string): CheckFailure[] {
    const other = this.#named.get(madeAs);
    this.#named.set(madeAs, other ?? urn);
    if (other === undefined || other === urn) return [];
    const former = madeUnder(madeAs).urn;
    const renamed = urn === former ? other : urn;
    const reason =
      `${renamed} was ${former} when it was made, and all that it made carries the mark of that name: another resource ` +
      "under it would take that for its own. Choose a name for the new one that none had before";
    return [{ property: "", reason: withCode(reason, "arguments.wrong") }];
  }
}
