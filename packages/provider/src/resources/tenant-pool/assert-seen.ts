import { CoppiceError } from "@coppice/core";
import { holdsRight, type PveCaller, readPermissions } from "@coppice/pve";

/** What shows users and groups, and is needed to remove them. */
const NEEDED = ["User.Modify", "Group.Allocate"] as const;

/** Refuses to tell or remove what is left of a tenant without the rights to see it: Proxmox leaves out what a token may not see. */
export async function assertSeen(client: PveCaller, tenant: string): Promise<void> {
  const permissions = await readPermissions(client);
  const lacking = NEEDED.filter((privilege) => !holdsRight(permissions, "/access/groups", privilege));
  if (lacking.length === 0) return;
  throw new CoppiceError("pve.forbidden", {
    what: `What there is of tenant "${tenant}" cannot be told`,
    why: `the token lacks ${lacking.join(" and ")} on /access/groups, so that its user or group may be there unseen`,
    wayOut: "Grant it as docs/guides/quotas.md shows",
    details: { tenant },
  });
}
