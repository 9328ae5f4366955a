import type { Mistake } from "../../description/mistake.ts";
import { parseInstant } from "../../values/instant.ts";

/**
 * Refuses an end that has passed when it is set. One that was set before and has passed since is left alone: what is
 * described stays right, and its neighbours can be changed.
 *
 * @param now in milliseconds since 1970
 */
export function pastExpiry(expires: unknown, former: unknown, now: number): Mistake[] {
  if (typeof expires !== "string" || expires === former || parseInstant(expires, "end") > now) return [];
  const reason = `is "${expires}", which has passed; choose a later time, or remove what is not needed any more`;
  return [{ path: ["expires"], reason, code: "expiry.past" }];
}
