import { execFile } from "node:child_process";
import { chmod, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { perCluster } from "../../cluster/per-cluster.ts";
import type { Place } from "../catalog/place.ts";
import type { VolumeLog } from "../volume-types.ts";

const run = promisify(execFile);

/** Settings of a cluster's disks. */
export interface DiskSettings {
  /** Set the immutable attribute on bases as the genuine node does. Off: then even root's `rm -rf` of a test folder works. */
  immutableBases: boolean;
}

/** The disk settings of a cluster; whoever starts it may change them. */
export const diskSettings = perCluster((): DiskSettings => ({ immutableBases: false }));

/** Mode 0444 and, when asked for, `chattr +i`, whose failure is a warning only (Plugin.pm create_base). */
export async function protectBase(place: Place, path: string, log?: VolumeLog): Promise<void> {
  await chmod(path, 0o444);
  if (!diskSettings(place.cluster).immutableBases) return;
  await run("chattr", ["+i", path]).catch((error: Error) => log?.(error.message.trimEnd()));
}

/** Takes the immutable attribute away before a base is removed. */
export async function unprotectBase(place: Place, path: string): Promise<void> {
  if (!diskSettings(place.cluster).immutableBases) return;
  // A file system without attributes refuses; the removal that follows says so if it matters.
  await run("chattr", ["-i", path]).catch(() => undefined);
}

/** True for a file that nobody may write: the mode stands for the attribute when that is off. */
export async function isImmutable(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && (found.mode & 0o777) === 0o444;
}
