import { isTemplate } from "../../guests/config/config-checks.ts";
import { randomUuid } from "../../guests/config/generated-values.ts";
import type { ConfigDraft, ConfigValues } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { guestRuntime, isRunning } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, editConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { addUnused } from "../disks/unused.ts";
import { startLocked } from "../power/start-guest.ts";
import { copiedOptions, snapshotDrives } from "./snapshot-drives.ts";

/**
 * The work of the task `qmrollback`: the machine is stopped, each disk goes back, disks that the snapshot does not know
 * become unused (pve-guest-common, snapshot_rollback).
 */
export async function rollbackSnapshot(job: GuestJob, name: string): Promise<void> {
  const snapshot = await prepare(job, name);
  for (const { drive } of snapshotDrives(snapshot))
    await volumes(job.cluster).rollbackSnapshot(job.node, drive.file, name);
  await finish(job, name);
}

function snapshotOf(config: ConfigDraft, name: string): ConfigValues {
  if (isTemplate(config)) die("you can't rollback if vm is a template");
  const snapshot = config.snapshots[name] ?? die(`snapshot '${name}' does not exist`);
  const state = snapshot["snapstate"];
  if (state !== undefined) die(`unable to rollback to incomplete snapshot (snapstate = ${state})`);
  return snapshot;
}

async function prepare({ cluster, node, vmid }: GuestJob, name: string): Promise<ConfigValues> {
  return await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    const snapshot = snapshotOf(config, name);
    checkLock(config);
    guestRuntime(cluster).remove(vmid);
    config.values["lock"] = "rollback";
    await saveConfig(cluster, node, vmid, config);
    return snapshot;
  });
}

async function finish(job: GuestJob, name: string): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    const snapshot = snapshotOf(config, name);
    if (isRunning(cluster, vmid)) die(`unable to rollback vm ${vmid}: vm is running`);
    if (config.values["lock"] !== "rollback") die("got wrong lock");
    keepUnknownDisks(config, snapshot);
    config.values = { ...keptOptions(config.values), ...copiedOptions(snapshot), parent: name };
    for (const key of ["runningmachine", "runningcpu"]) delete config.values[key];
    if (config.values["vmgenid"] !== undefined) config.values["vmgenid"] = randomUuid(cluster.random);
    config.pending = {};
    config.pendingDelete = new Map();
    await saveConfig(cluster, node, vmid, config);
    if (snapshot["vmstate"] !== undefined) await startLocked(job);
  });
}

function keepUnknownDisks(config: ConfigDraft, snapshot: Readonly<ConfigValues>): void {
  const known = new Set(snapshotDrives(snapshot).map(({ drive }) => drive.file));
  for (const { drive } of snapshotDrives(config.values)) {
    if (!known.has(drive.file)) addUnused(config, drive.file);
  }
}

/** What a rollback leaves alone: the description and the unused disks. */
function keptOptions(values: Readonly<ConfigValues>): ConfigValues {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => key === "description" || /^unused\d+$/.test(key)),
  );
}
