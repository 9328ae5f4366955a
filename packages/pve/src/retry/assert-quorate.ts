import { PveError } from "../errors/pve-error.ts";
import { flag, list, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

const parseStatus = list(shape({ type: text, name: optional(text), quorate: flag }));

/**
 * Refuses to go on when the cluster has no quorum. Asked before anything destructive: without quorum
 * a DELETE destroys the guest's disks, then fails and keeps its config
 * (docs/proxmox-facts.md#without-quorum). A node alone
 * has no cluster entry and is always quorate.
 */
export async function assertQuorate(caller: PveCaller, signal?: AbortSignal): Promise<void> {
  const entries = await readStatus(caller, signal);
  const cluster = entries.find((entry) => entry.type === "cluster");
  if (cluster === undefined || cluster.quorate) return;
  throw noQuorum(cluster.name ?? "");
}

/** The refusal of a change in a cluster without quorum. */
export function noQuorum(cluster: string, cause?: unknown): PveError {
  return new PveError("pve.no-quorum", {
    what: `Nothing is changed: the cluster ${cluster} is not quorate`.replace("  ", " "),
    why: "without quorum Proxmox writes no configuration, and a removal would destroy disks all the same",
    wayOut: "Bring enough nodes of the cluster back first",
    cause,
  });
}

async function readStatus(caller: PveCaller, signal?: AbortSignal) {
  try {
    return await caller.call({ method: "GET", path: "/cluster/status", parse: parseStatus, signal });
  } catch (cause) {
    if (!PveError.is(cause, "pve.forbidden")) throw cause;
    throw new PveError("pve.forbidden", {
      what: "Whether the cluster is quorate cannot be read",
      why: "GET /cluster/status wants the privilege Sys.Audit on the path /",
      wayOut: "Give this user or token Sys.Audit on / (without propagation), or check quorum over SSH",
      status: 403,
      cause,
    });
  }
}
