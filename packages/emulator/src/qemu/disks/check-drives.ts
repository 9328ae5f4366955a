import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { badParameters } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { type Drive, newDisk, parseDrive, printDrive, storageOf } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";

/**
 * Checks drive options beyond their schema and writes them in Proxmox's own order; a path inside a storage becomes its
 * volume id (qemu-server 9.2.6, PVE/API2/Qemu.pm, check_drive_param). Answers the options to go on with.
 */
export async function checkDrives(
  cluster: Cluster,
  node: Node,
  settings: Readonly<ConfigValues>,
): Promise<ConfigValues> {
  const checked: ConfigValues = { ...settings };
  for (const key of Object.keys(settings).filter(isDriveName).sort()) {
    const drive = await checkDrive(cluster, node, key, parseDrive(settings[key] ?? ""));
    checked[key] = printDrive(drive);
  }
  return checked;
}

async function checkDrive(cluster: Cluster, node: Node, key: string, drive: Drive): Promise<Drive> {
  if (drive["import-from"] !== undefined) checkImport(key, drive);
  const file = await canonicalFile(cluster, node, drive.file);
  if (isVolume(file) && volumes(cluster).parse(file).vtype === "iso" && drive["media"] !== "cdrom") {
    throw badParameters({ [key]: "explicit 'media=cdrom' is required for iso images" });
  }
  return { ...drive, file };
}

function checkImport(key: string, drive: Drive): void {
  if (newDisk(drive.file)?.gigabytes !== 0) {
    const way = "use <storage ID>:0,import-from=<source>";
    throw badParameters({ [key]: `'import-from' requires special syntax - ${way}` });
  }
  const required =
    key === "efidisk0" ? ["efitype", "pre-enrolled-keys"] : key === "tpmstate0" ? ["version"] : [];
  for (const name of required) {
    if (drive[name] === undefined)
      throw badParameters({ [key]: `need to specify '${name}' when using 'import-from'` });
  }
}

async function canonicalFile(cluster: Cluster, node: Node, file: string): Promise<string> {
  if (!file.startsWith("/")) return file;
  return (await volumes(cluster).volidOfPath(node, file)) ?? file;
}

/** True for the id of an existing volume. */
function isVolume(file: string): boolean {
  return storageOf(file) !== undefined && newDisk(file) === undefined && !/(?:^|:)cloudinit$/.test(file);
}
