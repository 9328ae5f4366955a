import type { OpenCluster } from "@coppice/clusters";
import { formatSize } from "@coppice/core";
import { readStorageStatus, type StorageStatus } from "@coppice/pve";
import type { Finding } from "./finding.ts";
import { reasonOf } from "./reason-of.ts";

/** Types of storage whose disks are files, which overlays need (pve-storage's plugins with `path`). */
const FILE_TYPES = new Set(["dir", "nfs", "cifs", "cephfs", "btrfs"]);

/** Looks at a storage as one node sees it. */
export async function checkStorage(
  { client }: OpenCluster,
  node: string,
  storage: string,
): Promise<Finding[]> {
  const what = `storage ${storage} on ${node}`;
  try {
    return judge(what, await readStorageStatus(client, node, storage));
  } catch (error) {
    return [{ state: "missing", what, disables: `no seats there: ${reasonOf(error)}` }];
  }
}

function judge(what: string, { type, content, active, enabled, avail }: StorageStatus): Finding[] {
  if (!(enabled && active)) {
    return [
      { state: "missing", what, disables: `it is ${enabled ? "not active" : "disabled"}: no seats there` },
    ];
  }
  if (!content.split(",").includes("images")) {
    const disables = `it takes ${content}: add the content 'images', or choose another storage`;
    return [{ state: "missing", what, disables }];
  }
  const room = avail === undefined ? what : `${what}, ${roughSize(avail)} free`;
  if (FILE_TYPES.has(type)) return [{ state: "ok", what: room }];
  return [
    { state: "limited", what: room, disables: `type ${type} has no qcow2 files: method 'linked' is used` },
  ];
}

function roughSize(bytes: number): string {
  return formatSize(Math.floor(bytes / 2 ** 30) * 2 ** 30);
}
