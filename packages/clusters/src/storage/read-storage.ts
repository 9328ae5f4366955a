import { CoppiceError } from "@coppice/core";
import { PveError, readStorageStatus } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { type StorageFitness, storageFitness } from "./storage-fitness.ts";

/** What a storage is good for, as a node sees it; one that cannot be read is named with the way out. */
export async function readStorage(
  cluster: OpenCluster,
  node: string,
  storage: string,
): Promise<StorageFitness> {
  try {
    return storageFitness(await readStorageStatus(cluster.client, node, storage));
  } catch (cause) {
    if (!PveError.is(cause, "pve.not-found", "pve.forbidden", "pve.bad-parameter")) throw cause;
    throw new CoppiceError("pool.storage", {
      what: `The storage '${storage}' of node '${node}' cannot be read`,
      ...reasonOf(cause),
      cause,
    });
  }
}

function reasonOf(cause: PveError): { why: string; wayOut: string } {
  if (cause.code === "pve.forbidden")
    return { why: cause.why ?? cause.what, wayOut: "Give the token Datastore.Audit on it" };
  // "No such storage." is a bad parameter to Proxmox.
  const isUnknown = cause.code === "pve.not-found" || cause.why?.includes("No such storage") === true;
  const why = isUnknown ? "the cluster has no storage of that name" : (cause.why ?? cause.what);
  return { why, wayOut: "Name a storage that `pvesm status` on the node lists" };
}
