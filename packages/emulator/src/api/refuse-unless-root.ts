import { badParameters } from "../kernel/pve-error.ts";
import type { Call } from "./call.ts";

/** Refuses parameters that only root@pam with a ticket may use. */
export function refuseUnlessRoot(call: Call, ...names: readonly string[]): void {
  if (call.identity.isRoot) return;
  for (const name of names) {
    const value = call.params.optionalText(name);
    if (value !== undefined && value !== "0" && value !== "") {
      throw badParameters({ [name]: "Only root may use this option." });
    }
  }
}
