import { CoppiceError } from "@coppice/core";
import { holdsRight, type PveCaller, readPermissions } from "@coppice/pve";

/** Machines that a reading of the cluster did not show. */
export interface Unseen {
  /** What they are of, for a message: `class 'lab'`. */
  readonly of: string;
  readonly vmids: readonly number[];
  /** The Proxmox pool that they are members of. */
  readonly pool?: string | undefined;
}

/**
 * Refuses to take machines for gone that a token only does not see: rights that were taken away would else empty the
 * state, and the next run would make everything anew.
 */
export async function assertSees(client: PveCaller, { of, vmids, pool }: Unseen): Promise<void> {
  if (vmids.length === 0) return;
  const permissions = await readPermissions(client);
  const isSeen = (path: string) => holdsRight(permissions, path, "VM.Audit");
  if (pool !== undefined && isSeen(`/pool/${pool}`)) return;
  const hidden = vmids.filter((vmid) => !isSeen(`/vms/${vmid}`));
  if (hidden.length === 0) return;
  throw new CoppiceError("pool.rights", {
    what: `Nobody can tell whether ${hidden.length} machines of ${of} are still there (${hidden.slice(0, 3).join(", ")}${hidden.length > 3 ? ", …" : ""})`,
    why: `the token lacks VM.Audit on /vms${pool === undefined ? "" : ` or /pool/${pool}`}`,
    wayOut: "Grant it as docs/guides/permissions.md shows; what is recorded stays as it was",
  });
}
