import { holdsRight, type Permissions } from "@coppice/pve";
import type { Finding } from "./finding.ts";
import { type CheckScope, neededRights } from "./needed-rights.ts";

/**
 * Compares what a token may do with what a class needs.
 *
 * @example checkRights(new Map([["/", new Set(["VM.Audit"])]]), { storage: "nas", bridge: "vmbr0" })
 */
export function checkRights(permissions: Permissions, scope: CheckScope): Finding[] {
  return neededRights(scope).flatMap(({ path, privileges, disables, isVital }) =>
    privileges.map((privilege): Finding => {
      const what = `${privilege} on ${path}`;
      if (holdsRight(permissions, path, privilege)) return { state: "ok", what };
      return { state: isVital ? "missing" : "limited", what, disables };
    }),
  );
}
