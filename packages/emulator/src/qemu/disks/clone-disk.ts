import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { VolumeFormat } from "../../storage/volume-types.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { imageRules } from "../../versions/image-rules.ts";
import { type Drive, isCloudInit, printDrive, storageOf } from "../config/drive.ts";
import { formatDriveSize } from "../config/drive-size.ts";
import { cloudInitBytes } from "./create-disks.ts";
import { formatLike } from "./import-disk.ts";

export interface CopySource {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly vmid: number;
  readonly log: (line: string) => void;
}

export interface CopyWish {
  readonly vmid: number;
  readonly storage: string | undefined;
  readonly format: VolumeFormat | undefined;
  readonly snapshot: string | undefined;
}

/** One disk to be copied in full or linked. */
export interface CopiedDisk {
  readonly key: string;
  readonly drive: Drive;
  readonly full: boolean;
}

/** Copies or links one disk and answers the new drive's value; `made` learns the new volume (qemu-server 9.2.6, clone_disk). */
export async function cloneDisk(
  source: CopySource,
  disk: CopiedDisk,
  wish: CopyWish,
  made: string[],
): Promise<string> {
  const { cluster, node, log } = source;
  const { key, drive, full } = disk;
  log(`create ${full ? "full" : "linked"} clone of drive ${key} (${drive.file})`);
  const service = volumes(cluster);
  const volid = full
    ? await copyInFull(source, drive, wish)
    : await service.cloneImage(node, drive.file, wish.vmid, wish.snapshot, log);
  made.push(volid);
  const { size } = await service.info(node, volid);
  const { format: _format, ...rest } = drive;
  return printDrive({
    ...rest,
    file: volid,
    ...(key.startsWith("unused") ? {} : { size: formatDriveSize(size) }),
  });
}

async function copyInFull(source: CopySource, drive: Drive, wish: CopyWish): Promise<string> {
  const { cluster, node, log } = source;
  const storage = wish.storage ?? storageOf(drive.file) ?? "";
  const service = volumes(cluster);
  const wanted =
    wish.format !== undefined && service.formats(storage).includes(wish.format) ? wish.format : undefined;
  const format = wanted ?? formatLike({ cluster }, storage, drive.file);
  if (!isCloudInit(drive)) {
    const target = {
      storage,
      vmid: wish.vmid,
      format,
      ...(wish.snapshot === undefined ? {} : { snapshot: wish.snapshot }),
    };
    return await service.copy(node, drive.file, target, log);
  }
  const onFiles = service.config(storage).path !== undefined;
  const name = `vm-${wish.vmid}-cloudinit${onFiles ? `.${format}` : ""}`;
  const volid = await service.allocate(
    node,
    storage,
    { vmid: wish.vmid, format, sizeBytes: cloudInitBytes, name },
    log,
  );
  if (imageRules(cluster.version).saysAllocated) log(`allocated target volume '${volid}'`);
  return volid;
}
