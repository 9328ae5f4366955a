import { isTemplate } from "../../guests/config/config-checks.ts";
import { guestIndex } from "../../guests/guest-index.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { bootOrder, printBootOrder } from "../config/boot-order.ts";
import { checkLock, editConfig, loadConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { type Drive, isCdrom, parseDrive, printDrive, storageOf } from "../config/drive.ts";
import { volumeInUse } from "../disks/volume-in-use.ts";
import { applyUpdate } from "../update/apply-update.ts";
import { refuseChanged } from "./move-disk.ts";

/** A disk to be given to another machine of the node. */
export interface Reassignment {
  readonly key: string;
  readonly targetVmid: number;
  readonly targetKey: string;
  readonly digest: string | undefined;
  readonly targetDigest: string | undefined;
}

/** What forbids giving the disk away; answers its drive. */
export function checkReassign(job: Omit<GuestJob, "log">, wanted: Reassignment): Drive {
  const { cluster, node, vmid } = job;
  const store = guestIndex(cluster);
  const home = store.find(vmid) ?? die(`could not find VM ${vmid}`);
  const away = store.find(wanted.targetVmid) ?? die(`could not find target VM ${wanted.targetVmid}`);
  if (home.node !== away.node) die(`Both VMs need to be on the same node (${home.node} != ${away.node})`);
  const source = loadConfig(cluster, node, vmid);
  const target = loadConfig(cluster, node, wanted.targetVmid);
  checkLock(source);
  checkLock(target);
  if (isTemplate(source) || isTemplate(target)) die("Can't move disks from or to template VMs");
  refuseChanged(source, wanted.digest, `VM ${vmid}: `);
  refuseChanged(target, wanted.targetDigest, `VM ${wanted.targetVmid}: `);
  const drive = parseDrive(
    source.values[wanted.key] ?? die(`Disk '${wanted.key}' for VM '${vmid}' does not exist`),
  );
  if (target.values[wanted.targetKey] !== undefined) {
    die(`Target disk key '${wanted.targetKey}' is already in use for VM '${wanted.targetVmid}'`);
  }
  if (drive.file === "") die(`disk '${wanted.key}' has no associated volume`);
  if (isCdrom(drive, true)) die("CD drive contents can't be moved to another VM");
  if (storageOf(drive.file) === undefined) die(`Volume '${drive.file}' not managed by PVE`);
  if (volumeInUse(cluster, node, source, drive.file, wanted.key))
    die("Can't move disk used by a snapshot to another VM");
  checkMovable(job, wanted, drive);
  return drive;
}

function checkMovable(
  { cluster, node, vmid }: Omit<GuestJob, "log">,
  wanted: Reassignment,
  drive: Drive,
): void {
  if (!volumes(cluster).hasFeature(node, "rename", drive.file)) {
    die("Storage does not support moving of this disk to another VM");
  }
  if (isRunning(cluster, vmid) && !/^unused\d+$/.test(wanted.key)) {
    die("Cannot move disk to another VM while the source VM is running - detach first");
  }
}

/** The work of the task `qmmove` between machines: the volume is renamed and keeps its base. */
export async function reassignDisk(job: GuestJob, wanted: Reassignment): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, () =>
    lockConfig(cluster, node, wanted.targetVmid, async () => {
      const drive = checkReassign(job, wanted);
      const { key, targetKey, targetVmid } = wanted;
      job.log(guestWords(cluster.version).reassigning(key, vmid, targetKey, targetVmid));
      const file = await volumes(cluster).rename(node, drive.file, targetVmid);
      await giveAway(job, key);
      await receive(job, wanted, targetKey.startsWith("unused") ? file : printDrive({ ...drive, file }));
    }),
  );
}

async function giveAway(job: GuestJob, key: string): Promise<void> {
  const { cluster, node, vmid } = job;
  const config = editConfig(cluster, node, vmid);
  const order = bootOrder(config.values["boot"]);
  if (order.includes(key)) {
    job.log(`removing disk '${key}' from boot order config`);
    config.values["boot"] = printBootOrder(order.filter((name) => name !== key));
  }
  delete config.values[key];
  job.log(`removing disk '${key}' from VM '${vmid}' config`);
  await saveConfig(cluster, node, vmid, config);
}

async function receive(
  job: GuestJob,
  { targetKey, targetVmid, targetDigest }: Reassignment,
  value: string,
): Promise<void> {
  const { cluster, node, identity } = job;
  if (targetKey.startsWith("unused")) {
    const config = editConfig(cluster, node, targetVmid);
    config.values[targetKey] = value;
    await saveConfig(cluster, node, targetVmid, config);
    return;
  }
  const text = `-${targetKey} ${value}`;
  const nothing = { remove: [], revert: [], force: false, skiplock: false };
  const request = {
    ...nothing,
    cluster,
    node,
    identity,
    vmid: targetVmid,
    set: { [targetKey]: value },
    digest: targetDigest,
    text,
  };
  await applyUpdate(request, job.log);
}
