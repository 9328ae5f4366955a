import { CoppiceError } from "@coppice/core";
import { holdsRight, isVmidFree, type PveCaller, readPermissions } from "@coppice/pve";

/** Machines that a reading of the cluster did not show. */
export interface Unseen {
  /** What they are of, for a message: `class 'lab'`. */
  readonly of: string;
  readonly vmids: readonly number[];
  /** The Proxmox pool that they are members of. */
  readonly pool?: string | undefined;
}

/**
 * Refuses to take machines for gone that a token only does not see: rights that were taken away, or machines that were
 * taken out of the pool that gives them, would else empty the state, and the next run would make everything anew. Whether
 * a number is free Proxmox tells anybody.
 */
export async function assertSees(client: PveCaller, { of, vmids, pool }: Unseen): Promise<void> {
  if (vmids.length === 0) return;
  const permissions = await readPermissions(client);
  const isSeen = (path: string) => holdsRight(permissions, path, "VM.Audit");
  const hidden = vmids.filter((vmid) => !isSeen(`/vms/${vmid}`));
  if (pool === undefined || !isSeen(`/pool/${pool}`)) return refuse(of, hidden, lost(pool));
  const isFree = await Promise.all(hidden.map((vmid) => isVmidFree(client, vmid)));
  const taken = hidden.filter((_, index) => isFree[index] === false);
  refuse(of, taken, outside(pool));
}

/** Why machines are not seen, and the way out. */
type Reason = Pick<ConstructorParameters<typeof CoppiceError>[1], "why" | "wayOut">;

function lost(pool: string | undefined): Reason {
  return {
    why: `the token lacks VM.Audit on /vms${pool === undefined ? "" : ` or /pool/${pool}`}`,
    wayOut: "Grant it as docs/guides/permissions.md shows; what is recorded stays as it was",
  };
}

function outside(pool: string): Reason {
  return {
    why: `the numbers are in use outside of pool '${pool}', where the token sees nothing`,
    wayOut:
      "Put the machines back into the pool, or grant VM.Audit on /vms; what is recorded stays as it was",
  };
}

function refuse(of: string, vmids: readonly number[], reason: Reason): void {
  const count = vmids.length;
  if (count === 0) return;
  const which = `${vmids.slice(0, 3).join(", ")}${count > 3 ? ", …" : ""}`;
  const machines = count === 1 ? `machine ${which} of ${of} is` : `${count} machines of ${of} (${which}) are`;
  throw new CoppiceError("pool.rights", {
    what: `Nobody can tell whether ${machines} still there`,
    ...reason,
  });
}
