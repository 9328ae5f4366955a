import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { ConfigValues, GuestConfig } from "../../guests/config/guest-config.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { isCdrom, parseDrive, storageOf } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";

/**
 * True when another drive of the machine, or one of a snapshot, is this volume. Paths decide, so the short and the
 * linked-clone name of one file are the same (qemu-server 9.2.6, Drive.pm, is_volume_in_use).
 */
export function volumeInUse(
  cluster: Cluster,
  node: Node,
  config: GuestConfig,
  volid: string,
  except: string,
): boolean {
  const path = pathOf(cluster, node, volid);
  const uses = (values: Readonly<ConfigValues>, skip?: string) =>
    Object.entries(values).some(([key, value]) => {
      if (key === skip || !isDriveName(key)) return false;
      const drive = parseDrive(value);
      return !isCdrom(drive) && pathOf(cluster, node, drive.file) === path;
    });
  return uses(config.values, except) || Object.values(config.snapshots).some((snapshot) => uses(snapshot));
}

function pathOf(cluster: Cluster, node: Node, file: string): string {
  return storageOf(file) === undefined ? file : volumes(cluster).guestPath(node, file);
}
