import { isTemplate } from "../../guests/config/config-checks.ts";
import type { GuestConfig } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { badParameters, die, PveError } from "../../kernel/pve-error.ts";
import { unusableReason } from "../../storage/catalog/storage-catalog.ts";
import type { VolumeFormat } from "../../storage/volume-types.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { checkLock, editConfig, loadConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { type Drive, isCdrom, parseDrive, storageOf } from "../config/drive.ts";
import { cloneDisk } from "../disks/clone-disk.ts";
import { freeQuietly } from "../disks/free-quietly.ts";
import { addUnused } from "../disks/unused.ts";
import { volumeInUse } from "../disks/volume-in-use.ts";
import { makeBases } from "../template/template-guest.ts";

/** A disk to be moved to another storage or format. */
export interface DiskMove {
  readonly key: string;
  readonly storage: string;
  readonly format: VolumeFormat | undefined;
  /** Free the old volume instead of keeping it as `unusedN`. */
  readonly deleteSource: boolean;
  readonly digest: string | undefined;
}

/** What forbids the move; answers the configuration and the drive. */
export function checkMove(
  job: Omit<GuestJob, "log">,
  move: DiskMove,
): { config: GuestConfig; drive: Drive; snapshotted: boolean } {
  const { cluster, node, vmid } = job;
  const config = loadConfig(cluster, node, vmid);
  checkLock(config);
  refuseChanged(config, move.digest);
  const drive = parseDrive(config.values[move.key] ?? die(`disk '${move.key}' does not exist`));
  if (drive.file === "") die(`disk '${move.key}' has no associated volume`);
  if (isCdrom(drive, true)) die("you can't move a cdrom");
  const service = volumes(cluster);
  const { format } = service.parse(drive.file);
  if (storageOf(drive.file) === move.storage && (move.format === undefined || format === move.format)) {
    die("you can't move to the same storage with same format");
  }
  const storage = service.config(move.storage);
  const reason = unusableReason({ cluster, node, storage });
  if (reason !== undefined) die(reason);
  if (!storage.content.has("images"))
    throw badParameters({ storage: `storage '${move.storage}' does not support vm images` });
  const snapshotted = volumeInUse(cluster, node, config, drive.file, move.key);
  if (snapshotted && move.deleteSource) die("you can't move a disk with snapshots and delete the source");
  return { config, drive, snapshotted };
}

/** pve-common's assert_if_modified: other words than a configuration update has. */
export function refuseChanged(config: GuestConfig, digest: string | undefined, prefix = ""): void {
  if (digest === undefined || digest === "" || digest === config.digest) return;
  die(`${prefix}detected modified configuration - file changed by other user? Try again.`);
}

function announce({ cluster, log }: GuestJob, line: string): void {
  if (guestWords(cluster.version).announcesCopies) log(line);
}

/** The work of the task `qmmove` between storages: a full copy takes the disk's place. */
export async function moveDisk(job: GuestJob, move: DiskMove): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, async () => {
    const { drive, snapshotted } = checkMove(job, move);
    const from = storageOf(drive.file) ?? "";
    announce(
      job,
      `copying volume '${drive.file}' from current storage '${from}' to target storage '${move.storage}'`,
    );
    const made: string[] = [];
    try {
      if (snapshotted) job.log("moving disk with snapshots, snapshots will not be moved!");
      await replace(job, move, drive, made);
    } catch (error) {
      await freeQuietly(job, made);
      throw new PveError(
        500,
        `storage migration failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    if (!move.deleteSource) return;
    announce(job, `removing source volume '${drive.file}' after successful copy`);
    await freeQuietly(job, [drive.file]);
  });
}

async function replace(job: GuestJob, move: DiskMove, drive: Drive, made: string[]): Promise<void> {
  const { cluster, node, vmid } = job;
  const config = editConfig(cluster, node, vmid);
  const wish = { vmid, storage: move.storage, format: move.format, snapshot: undefined };
  config.values[move.key] = await cloneDisk(job, { key: move.key, drive, full: true }, wish, made);
  if (!move.deleteSource) {
    const key = addUnused(config, drive.file);
    announce(job, `adding source volume '${drive.file}' as '${key}' to config`);
  }
  if (isTemplate(config)) await makeBases(job, config, move.key);
  await saveConfig(cluster, node, vmid, config);
}
