import { guestIndex } from "../../guests/guest-index.ts";
import { PveError } from "../../kernel/pve-error.ts";
import { configPath } from "../config/config-file.ts";
import type { CloneRequest } from "./check-clone.ts";

/**
 * Writes what a clone's worker writes first, and what stays when it is killed then. The id is unique in the cluster: pmxcfs
 * refuses the file when another node has it (docs/proxmox-facts.md#one-number-in-the-cluster).
 */
export function claimNumber({ cluster, node, newid }: CloneRequest): void {
  const path = configPath(node.name, newid);
  if (guestIndex(cluster).find(newid) !== undefined) {
    throw new PveError(500, `close (rename) atomic file '/etc/pve/${path}' failed: File exists`);
  }
  node.files.write(path, "# qmclone temporary file\nlock: clone\n");
}
