import { isTemplate } from "../../guests/config/config-checks.ts";
import type { ConfigDraft, ConfigValues } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { die, PveError } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, editConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { allocateState, stateStorage } from "../power/suspend-guest.ts";
import { deleteSnapshot } from "./delete-snapshot.ts";
import { copiedOptions, snapshotDrives } from "./snapshot-drives.ts";

export interface NewSnapshot {
  readonly name: string;
  readonly description: string | undefined;
  /** Save the memory of a running machine, too. */
  readonly vmstate: boolean;
}

/** The work of the task `qmsnapshot`: note it, snapshot each disk, confirm it (pve-guest-common, snapshot_create). */
export async function createSnapshot(job: GuestJob, wanted: NewSnapshot): Promise<void> {
  const values = await prepare(job, wanted);
  const done: string[] = [];
  try {
    for (const { key, drive } of snapshotDrives(values)) {
      job.log(`snapshotting 'drive-${key}' (${drive.file})`);
      await volumes(job.cluster).snapshot(job.node, drive.file, wanted.name);
      done.push(key);
    }
  } catch (error) {
    job.log("snapshot create failed: starting cleanup");
    await deleteSnapshot(job, { name: wanted.name, force: true, afterFailure: done });
    throw error instanceof Error ? error : new PveError(500, String(error));
  }
  await commit(job, wanted.name);
}

async function prepare(job: GuestJob, wanted: NewSnapshot): Promise<ConfigValues> {
  const { cluster, node, vmid } = job;
  return await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    if (isTemplate(config)) die("you can't take a snapshot if it's a template");
    checkLock(config);
    if (config.snapshots[wanted.name] !== undefined) die(`snapshot name '${wanted.name}' already used`);
    if (!canSnapshot(job, config)) die("snapshot feature is not available");
    const state = wanted.vmstate && isRunning(cluster, vmid) ? await saveState(job, config, wanted.name) : {};
    const snapshot: ConfigValues = {
      ...copiedOptions(config.values),
      ...state,
      snapstate: "prepare",
      snaptime: String(cluster.seconds()),
    };
    if (wanted.description !== undefined && wanted.description !== "")
      snapshot["description"] = wanted.description;
    config.snapshots[wanted.name] = snapshot;
    config.values["lock"] = "snapshot";
    await saveConfig(cluster, node, vmid, config);
    return snapshot;
  });
}

async function saveState(job: GuestJob, config: ConfigDraft, name: string): Promise<ConfigValues> {
  const storage = stateStorage(config.values);
  const vmstate = await allocateState(job, storage, config.values, name);
  job.log(`saving VM state and RAM using storage '${storage}'`);
  job.log("completed saving the VM state in 0s, saved 0.0 B");
  return { vmstate, runningmachine: `pc-i440fx-${job.cluster.version.qemu.replace(/\.\d+$/, "")}+pve0` };
}

function canSnapshot({ cluster, node }: GuestJob, config: ConfigDraft): boolean {
  return snapshotDrives(config.values).every(({ drive }) =>
    volumes(cluster).hasFeature(node, "snapshot", drive.file),
  );
}

async function commit({ cluster, node, vmid }: GuestJob, name: string): Promise<void> {
  await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    if (config.values["lock"] !== "snapshot") die("missing snapshot lock");
    const snapshot = config.snapshots[name] ?? die(`snapshot '${name}' does not exist`);
    delete snapshot["snapstate"];
    delete config.values["lock"];
    config.values["parent"] = name;
    await saveConfig(cluster, node, vmid, config);
  });
}
