import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { die } from "../../kernel/pve-error.ts";
import { asSeenByNode } from "../../storage/catalog/place.ts";
import { imageInfo } from "../../storage/images/image-info.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { isCdrom, parseDrive, storageOf } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";

/** What a start needs to look at the disks. */
export interface DiskCheck {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly log: (line: string) => void;
}

/** Refuses to start a machine whose disks or their bases are missing, as activating them and QEMU would. */
export async function checkDisks(check: DiskCheck, values: Readonly<ConfigValues>): Promise<void> {
  const service = volumes(check.cluster);
  for (const key of Object.keys(values).filter(isDriveName).sort()) {
    const drive = parseDrive(values[key] ?? "");
    if (storageOf(drive.file) === undefined) continue;
    if (!service.exists(check.node, drive.file)) die(`volume '${drive.file}' does not exist`);
    if (!isCdrom(drive)) await checkChain(check, key, drive.file);
  }
}

async function checkChain(check: DiskCheck, key: string, volid: string): Promise<void> {
  const service = volumes(check.cluster);
  let path = service.path(check.node, volid);
  let info = await service.info(check.node, volid);
  for (let depth = 0; info.parent !== undefined && depth < 20; depth += 1) {
    const base = resolve(dirname(path), realBase(check.node, info.parent));
    if (!existsSync(base)) {
      const storage = service.config(service.parse(volid).storage);
      const folder = dirname(asSeenByNode({ cluster: check.cluster, node: check.node, storage }, path));
      const missing = info.parent.startsWith("/") ? info.parent : `${folder}/${info.parent}`;
      failStart(check, { key, missing, top: service.guestPath(check.node, volid) });
    }
    const next = await imageInfo(check.cluster, base, base.endsWith(".raw") ? "raw" : "qcow2");
    if (next === undefined) return;
    path = base;
    info = next;
  }
}

/** An absolute backing path is one of the node's: its storages lie below the node's folder here. */
function realBase(node: Node, parent: string): string {
  if (!parent.startsWith("/") || existsSync(parent)) return parent;
  return `${node.root}${parent}`;
}

interface MissingBase {
  readonly key: string;
  /** As QEMU prints it: a relative backing string behind its overlay's folder. */
  readonly missing: string;
  readonly top: string;
}

/** The lines that QEMU leaves when a backing file is gone (recorded: `-drive` on 8.4, `-blockdev` on 9.2). */
function failStart({ cluster, log }: DiskCheck, { key, top, missing }: MissingBase): never {
  const reason = `Could not open backing file: Could not open '${missing}': No such file or directory`;
  const file = { aio: "io_uring", driver: "file", filename: top, "node-name": `e-${key}` };
  const blockdev = {
    driver: "throttle",
    file: { driver: "qcow2", file, "node-name": `f-${key}` },
    "node-name": `drive-${key}`,
  };
  const option = cluster.version.features.blockdev
    ? `-blockdev ${JSON.stringify(blockdev)}`
    : `-drive file=${top},if=none,id=drive-${key},format=qcow2,cache=none,aio=io_uring,detect-zeroes=on`;
  log(`kvm: ${option}: ${reason}`);
  return die("start failed: QEMU exited with code 1");
}
