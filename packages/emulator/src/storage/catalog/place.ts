import { join, posix } from "node:path";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { StorageConfig } from "./storage-config.ts";

/** One storage as one node has it. */
export interface Place {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly storage: StorageConfig;
}

/** Where a node sees the storage: its path, or the device folder of a volume group. */
export function guestFolder(storage: StorageConfig): string {
  return storage.path ?? `/dev/${storage.options["vgname"] ?? storage.id}`;
}

/** Where the storage's files lie on this machine: one folder for all nodes when it is shared. */
export function realFolder(place: Place): string {
  const { cluster, node, storage } = place;
  if (storage.shared) return join(cluster.data, "shared", storage.id);
  return join(node.root, withinRoot(guestFolder(storage)));
}

/** A path of the node as a path of this machine. */
export function realPath(place: Place, guestPath: string): string {
  const inside = guestPath.slice(guestFolder(place.storage).length);
  return join(realFolder(place), withinRoot(inside));
}

/** The node's root is the end of every `..`, as on any machine. */
function withinRoot(path: string): string {
  return posix.resolve("/", `./${path}`);
}

/** Puts the node's paths back into what a program said about this machine's. */
export function asSeenByNode(place: Place, text: string): string {
  const real = realFolder(place);
  return text.replaceAll(real, guestFolder(place.storage)).replaceAll(place.node.root, "");
}
