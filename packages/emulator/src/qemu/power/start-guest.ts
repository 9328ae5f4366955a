import { isTemplate } from "../../guests/config/config-checks.ts";
import type { ConfigDraft, ConfigValues } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { writeCloudInit } from "../cloudinit/write-cloud-init.ts";
import { bootDrives } from "../config/boot-order.ts";
import { checkLock, editConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { isCdrom, isCloudInit, parseDrive, storageOf } from "../config/drive.ts";
import { applyPending } from "../update/apply-pending.ts";
import { hasBootSector } from "./boot-sector.ts";
import { checkDisks } from "./check-disks.ts";
import { checkNetwork } from "./check-network.ts";
import { comeLate } from "./clean-up.ts";

/** Starts a machine under its lock: pending changes come into force first (qemu-server 9.2.6, vm_start). */
export async function startGuest(job: GuestJob): Promise<void> {
  await lockConfig(job.cluster, job.node, job.vmid, () => startLocked(job));
  comeLate(job);
}

/** Starts a machine whose lock is held. */
export async function startLocked(job: GuestJob): Promise<void> {
  const { cluster, node, vmid } = job;
  const config = editConfig(cluster, node, vmid);
  if (isTemplate(config)) die("you can't start a vm if it's a template");
  const suspended = config.values["lock"] === "suspended";
  if (!suspended && job.skiplock !== true) checkLock(config);
  if (guestRuntime(cluster).get(vmid) !== undefined) die(`VM ${vmid} already running`);
  if (Object.keys(config.pending).length + config.pendingDelete.size > 0) {
    await applyPending({ ...job, present: config.values }, config);
  }
  await launch(job, config);
  if (suspended) await forgetState(job, config);
}

async function launch(job: GuestJob, config: ConfigDraft): Promise<void> {
  const { cluster, node, vmid } = job;
  const { values } = config;
  if ((await writeCloudInit(job, config)) && config.special["cloudinit"] !== undefined) {
    delete config.special["cloudinit"];
    await saveConfig(cluster, node, vmid, config);
  }
  const vcpus = Number(values["sockets"] ?? 1) * Number(values["cores"] ?? 1);
  if (vcpus > node.hardware.cpus) die(`MAX ${node.hardware.cpus} vcpus allowed per VM on this node`);
  if (node.hardware.kvm === false && values["kvm"] !== "0") failWithoutKvm(job);
  await checkDisks(job, values);
  checkNetwork(job, values);
  await cluster.latency.spend("vm-start", job.node.name, job.signal ?? cluster.stopped);
  const now = cluster.clock.now();
  const booted = await bootedFrom(job, values);
  guestRuntime(cluster).put({
    vmid,
    node: node.name,
    pid: node.nextPid(),
    startedAt: now,
    bootedAt: now,
    hasSystem: booted !== undefined,
    fromCd: booted === "cd",
    paused: false,
  });
}

/** Recorded, qemu-power n 237. */
function failWithoutKvm({ log }: GuestJob): never {
  log("kvm: warning: host doesn't support requested feature: CPUID.01H:ECX.pni [bit 0]");
  log("kvm: Host doesn't support requested features");
  die("start failed: QEMU exited with code 1");
}

/** What a machine's firmware finds to boot: a disk has a boot sector, and any CD in the drive counts as bootable. */
async function bootedFrom(
  { cluster, node }: GuestJob,
  values: Readonly<ConfigValues>,
): Promise<"disk" | "cd" | undefined> {
  const service = volumes(cluster);
  for (const key of bootDrives(values)) {
    const drive = parseDrive(values[key] ?? "");
    if (storageOf(drive.file) === undefined || isCloudInit(drive)) continue;
    if (isCdrom(drive)) {
      if ((await service.info(node, drive.file)).size > 0) return "cd";
    } else if (await hasBootSector(service.path(node, drive.file), service.parse(drive.file).format)) {
      return "disk";
    }
  }
  return undefined;
}

/** A machine that was suspended to disk resumes: its saved state is spent. */
async function forgetState({ cluster, node, vmid }: GuestJob, config: ConfigDraft): Promise<void> {
  const { vmstate } = config.values;
  for (const key of ["lock", "vmstate", "runningmachine", "runningcpu"]) delete config.values[key];
  await saveConfig(cluster, node, vmid, config);
  if (vmstate !== undefined) await volumes(cluster).free(node, vmstate);
}
