import { CoppiceError } from "@coppice/core";
import { PveError, readStorageStatus, type StorageStatus } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";

/** A storage as a node sees it; one that cannot be read is named with the way out. */
export async function readStorage(
  cluster: OpenCluster,
  node: string,
  storage: string,
): Promise<StorageStatus> {
  try {
    return await readStorageStatus(cluster.client, node, storage);
  } catch (cause) {
    // "No such storage." is a bad parameter to Proxmox.
    if (!PveError.is(cause, "pve.not-found", "pve.forbidden", "pve.bad-parameter")) throw cause;
    throw new CoppiceError("pool.storage", {
      what: `The storage '${storage}' of node '${node}' cannot be read`,
      why: cause.why ?? cause.what,
      wayOut: "Name a storage that exists there, and give the token Datastore.Audit on it",
      cause,
    });
  }
}
