import type { Clock } from "@coppice/core";
import { PveError } from "../errors/pve-error.ts";
import { mayRepeatChange } from "./may-repeat.ts";

/** What a re-read found: the change is made, it is not and may be sent again, or neither is certain. */
export type Reread = "done" | "not-done" | "unclear";

/** Looks at the real state after a change failed with `error`. */
export type RereadState = (error: unknown, signal: AbortSignal | undefined) => Promise<Reread>;

const mostAttempts = 4;
const firstPause = 100;

/**
 * Makes a change, and makes it again where that is known to be safe and a re-read has shown that it
 * was not made. Answers `undefined` where the re-read found it made.
 */
export async function repeatAfterReread<T>(
  clock: Clock,
  change: () => Promise<T>,
  options: { readonly reread: RereadState; readonly signal?: AbortSignal | undefined },
): Promise<T | undefined> {
  let before: unknown;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change();
    } catch (error) {
      const isLate = before !== undefined && PveError.is(error, "pve.already-exists");
      if (!isLate && (attempt === mostAttempts || !mayRepeatChange(error))) throw error;
      const found = await options.reread(error, options.signal);
      if (found === "done") return undefined;
      // What exists may be the work of the attempt before, which reached Proxmox after it was looked for.
      if (isLate) throw found === "unclear" ? before : error;
      if (found === "unclear") throw error;
      before = error;
      await clock.sleep(firstPause * 2 ** attempt, options.signal);
    }
  }
}
