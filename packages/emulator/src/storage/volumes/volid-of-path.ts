import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { listImageFiles } from "../backends/image-listing.ts";
import { contentFolder } from "../catalog/file-paths.ts";
import { storageCatalog } from "../catalog/storage-catalog.ts";
import type { StorageConfig } from "../catalog/storage-config.ts";
import { fileNames } from "../volid.ts";

/**
 * The volume id of a file of the node, when it lies in a storage: for images the one the listing shows, so a linked
 * clone gets its long form (pve-storage 9.1.7, Storage.pm path_to_volume_id).
 */
export async function volidOfPath(
  cluster: Cluster,
  node: Node,
  guestPath: string,
): Promise<string | undefined> {
  for (const storage of storageCatalog(cluster).list()) {
    if (storage.path === undefined || !guestPath.startsWith(`${storage.path}/`)) continue;
    const volid = (await imageVolid(cluster, node, storage, guestPath)) ?? otherVolid(storage, guestPath);
    if (volid !== undefined) return volid;
  }
  return undefined;
}

async function imageVolid(
  cluster: Cluster,
  node: Node,
  storage: StorageConfig,
  path: string,
): Promise<string | undefined> {
  const inside = below(contentFolder(storage, "images"), path);
  const parts = /^(\d+)\/([^/\s]+)$/.exec(inside ?? "");
  if (parts === null) return undefined;
  const images = await listImageFiles({ cluster, node, storage }, Number(parts[1]));
  return images.find(({ volid }) => volid.endsWith(`${parts[1]}/${parts[2]}`))?.volid;
}

function otherVolid(storage: StorageConfig, path: string): string | undefined {
  for (const kind of ["iso", "vztmpl", "backup", "snippets", "import"] as const) {
    const name = below(contentFolder(storage, kind), path);
    if (name !== undefined && fileNames[kind].test(name)) return `${storage.id}:${kind}/${name}`;
  }
  return undefined;
}

function below(folder: string, path: string): string | undefined {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
