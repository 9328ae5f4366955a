import { lstatSync, readlinkSync } from "node:fs";
import { join, posix } from "node:path";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { storageCatalog } from "./storage-catalog.ts";

/** As in Linux (path_resolution(7)). */
const mostLinks = 40;

/** What lies elsewhere on this machine than in the node's own folder: where the node sees it, and where it is. */
type Mounts = ReadonlyMap<string, string>;

function mountsOf(cluster: Cluster): Mounts {
  const shared = storageCatalog(cluster)
    .list()
    .flatMap(({ id, path, shared }): [string, string][] =>
      shared && path !== undefined ? [[posix.normalize(path), join(cluster.data, "shared", id)]] : [],
    );
  return new Map([["/etc/pve", cluster.files.folder], ...shared]);
}

function realOf(node: Node, mounts: Mounts, guestPath: string): string {
  for (const [mount, folder] of mounts) {
    if (guestPath === mount || guestPath.startsWith(`${mount}/`))
      return join(folder, guestPath.slice(mount.length));
  }
  return join(node.root, guestPath);
}

/** Where a link of the node leads, as the node sees it; undefined for what is no link. */
function linkAt(realPath: string, guestFolder: string): string | undefined {
  const found = lstatSync(realPath, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() !== true) return undefined;
  return posix.resolve(guestFolder, readlinkSync(realPath));
}

/**
 * The path on this machine of a regular file that a node has at a path of its own; undefined when it has none. Links and
 * `..` are followed as inside the node, whose root is `/`: no path leads to a file of this machine.
 */
export function nodeFile(cluster: Cluster, node: Node, guestPath: string): string | undefined {
  const mounts = mountsOf(cluster);
  let rest = posix.resolve("/", guestPath).split("/").slice(1);
  let here = "/";
  let links = 0;
  while (rest.length > 0) {
    const [name = "", ...after] = rest;
    const next = posix.join(here, name);
    const target = linkAt(realOf(node, mounts, next), here);
    if (target !== undefined) {
      links += 1;
      if (links > mostLinks) return undefined;
      rest = [...target.split("/").slice(1), ...after];
      here = "/";
    } else [here, rest] = [next, after];
  }
  const real = realOf(node, mounts, here);
  return lstatSync(real, { throwIfNoEntry: false })?.isFile() === true ? real : undefined;
}
