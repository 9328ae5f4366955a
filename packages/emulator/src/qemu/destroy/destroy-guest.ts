import type { Cluster } from "../../cluster/cluster.ts";
import { checkProtection, isTemplate } from "../../guests/config/config-checks.ts";
import { type ConfigValues, freshConfig, type GuestConfig } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { leaveBackupJobs } from "../../guests/leave-backup-jobs.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { isHaConfigured, leaveHa } from "../../ha/ha-store.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import type { TaskRun } from "../../tasks/task-run.ts";
import { checkLock, configPath, loadConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { isCdrom, parseDrive, storageOf } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";

export interface Destruction extends Omit<GuestJob, "log"> {
  /** Take it out of backup jobs and the like, too. */
  readonly purge: boolean;
  /** Free every image that carries its id. */
  readonly unreferenced: boolean;
}

/** What forbids destroying a machine at once, before any task. */
export function checkDestroy({ cluster, node, vmid, purge }: Destruction): GuestConfig {
  const config = loadConfig(cluster, node, vmid);
  checkProtection(config, `can't remove VM ${vmid}`);
  if (!purge && isHaConfigured(cluster, vmid))
    die(`unable to remove VM ${vmid} - used in HA resources and purge parameter not set.`);
  if (guestRuntime(cluster).on(node.name, vmid) !== undefined) die(`VM ${vmid} is running - destroy failed`);
  return config;
}

/**
 * The work of the task `qmdestroy`. Without quorum the disks go and the configuration stays: that is what the genuine
 * one does (docs/proxmox-facts.md#without-quorum).
 */
export async function destroyGuest(wanted: Destruction, task: TaskRun): Promise<void> {
  const { cluster, node, vmid } = wanted;
  await lockConfig(cluster, node, vmid, async () => {
    const config = checkDestroy(wanted);
    if (wanted.skiplock !== true && config.values["lock"] !== "suspended") checkLock(config);
    if (isTemplate(config)) await refuseUsedBases(cluster, wanted, config);
    await freeDisks(wanted, config, task);
    await saveConfig(cluster, node, vmid, freshConfig({ lock: "destroyed" }));
    await cluster.access.forgetGuest(node, vmid);
    node.files.remove(`firewall/${vmid}.fw`);
    if (wanted.purge) await purgeTraces(wanted, task);
    node.files.remove(configPath(node.name, vmid));
  });
}

async function purgeTraces({ cluster, node, vmid }: Destruction, task: TaskRun): Promise<void> {
  task.log(`purging VM ${vmid} from related configurations..`);
  await leaveBackupJobs(cluster, node, vmid);
  if (leaveHa(cluster, node, vmid)) task.log(`NOTE: removed VM ${vmid} from HA resource configuration.`);
}

/** The volumes of a section, unused ones and a saved memory among them. */
function volidsOf(values: Readonly<ConfigValues>): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (!isDriveName(key) && !/^unused\d+$/.test(key) && key !== "vmstate") return [];
    const drive = parseDrive(value);
    return isCdrom(drive, true) || storageOf(drive.file) === undefined ? [] : [drive.file];
  });
}

async function refuseUsedBases(
  cluster: Cluster,
  { node }: Destruction,
  { values }: GuestConfig,
): Promise<void> {
  for (const volid of volidsOf(values)) {
    if (await volumes(cluster).isBaseInUse(node, volid))
      die(`base volume '${volid}' is still in use by linked cloned`);
  }
}

async function freeDisks(wanted: Destruction, config: GuestConfig, task: TaskRun): Promise<void> {
  const states = Object.values(config.snapshots).flatMap(({ vmstate }) =>
    vmstate === undefined ? [] : [vmstate],
  );
  const named = new Set([...volidsOf(config.values), ...states, ...volidsOf(config.pending)]);
  for (const volid of named) await freeOwned(wanted, volid, task);
  if (wanted.unreferenced) await freeUnreferenced(wanted, task);
}

async function freeOwned({ cluster, node, vmid }: Destruction, volid: string, task: TaskRun): Promise<void> {
  try {
    if (volumes(cluster).parse(volid).vmid === vmid) await volumes(cluster).free(node, volid, task.log);
  } catch (error) {
    complain(cluster, task, `Could not remove disk '${volid}', check manually: ${messageOf(error)}`);
  }
}

async function freeUnreferenced({ cluster, node, vmid }: Destruction, task: TaskRun): Promise<void> {
  const service = volumes(cluster);
  for (const storage of service.storagesOf(node)) {
    if (!storage.content.has("images")) continue;
    await cluster.latency.spend("scan-storage", node.name, task.signal);
    for (const { volid } of await service.list(node, storage.id, { vmid, content: "images" })) {
      await service.free(node, volid).catch((error: unknown) => complain(cluster, task, messageOf(error)));
    }
  }
}

/** 8.4 has `warn` where 9.2 has `log_warn` (qemu-server, QemuServer.pm destroy_vm; recordings, multinode 8.4 n 455). */
function complain({ version }: Cluster, task: TaskRun, text: string): void {
  if (version.features.destroyWarns) task.warn(text);
  else task.log(text);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
