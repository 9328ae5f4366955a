import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { randomUuid } from "../../guests/config/generated-values.ts";
import { type ConfigValues, freshConfig } from "../../guests/config/guest-config.ts";
import { uniqueTags } from "../../guests/config/unique-tags.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { checkTags } from "../../guests/guest-permission.ts";
import type { Identity } from "../../kernel/identity.ts";
import { PveError } from "../../kernel/pve-error.ts";
import type { TaskRun } from "../../tasks/task-run.ts";
import { startTask } from "../../tasks/tasks.ts";
import { defaultBootDevices, printBootOrder } from "../config/boot-order.ts";
import { configPath, lockConfig, saveConfig } from "../config/config-file.ts";
import { createDisks } from "../disks/create-disks.ts";
import { freeQuietly } from "../disks/free-quietly.ts";
import { startGuest } from "../power/start-guest.ts";

/** A machine to be made; its options are checked. */
export interface NewGuest {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly identity: Identity;
  readonly vmid: number;
  readonly values: ConfigValues;
  readonly pool: string | undefined;
  readonly storage: string | undefined;
  readonly start: boolean;
}

/** The work of the task `qmcreate`: on failure nothing stays but volumes that were there before. */
export async function createGuest(guest: NewGuest, task: TaskRun): Promise<void> {
  const { cluster, node, identity, vmid } = guest;
  try {
    await lockConfig(cluster, node, vmid, () => makeGuest(guest, task), { timeoutMs: 1000 });
  } catch (error) {
    node.files.remove(configPath(node.name, vmid));
    throw error;
  }
  if (!guest.start) return;
  task.log("Execute autostart");
  await startGuestTask({ cluster, node, identity, vmid }).catch((error: unknown) =>
    task.log(messageOf(error)),
  );
}

async function makeGuest(guest: NewGuest, task: TaskRun): Promise<void> {
  const { cluster, node, vmid, pool } = guest;
  const job = { ...guest, log: task.log, defaultStorage: guest.storage, present: guest.values };
  let volids: readonly string[] = [];
  try {
    const disks = await createDisks(job, guest.values);
    volids = disks.volids;
    const values = withDefaults(guest, { ...guest.values, ...disks.values });
    await saveConfig(cluster, node, vmid, freshConfig(values));
  } catch (error) {
    await freeQuietly(job, volids);
    throw new PveError(500, `unable to create VM ${vmid} - ${messageOf(error)}`);
  }
  if (pool !== undefined) await cluster.access.addToPool(node, vmid, pool);
}

/** What Proxmox adds to every new machine. */
function withDefaults({ cluster, identity, vmid }: NewGuest, values: ConfigValues): ConfigValues {
  const { random, version } = cluster;
  const meta = `creation-qemu=${version.qemu},ctime=${cluster.seconds()}`;
  const complete: ConfigValues = { ...values, meta };
  if (!complete["boot"]) complete["boot"] = printBootOrder(defaultBootDevices(values));
  complete["smbios1"] ||= `uuid=${randomUuid(random)}`;
  if (complete["vmgenid"] === undefined || complete["vmgenid"] === "1")
    complete["vmgenid"] = randomUuid(random);
  const { tags } = complete;
  if (tags !== undefined) {
    checkTags(cluster, identity, vmid);
    complete["tags"] = uniqueTags(tags, version);
  }
  return complete;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Starts a machine in a task of its own and answers the UPID. */
async function startGuestTask(job: Omit<GuestJob, "log" | "signal">): Promise<string> {
  const subject = { node: job.node, identity: job.identity, type: "qmstart", id: String(job.vmid) };
  return await startTask(job.cluster, subject, (task) =>
    startGuest({ ...job, log: task.log, signal: task.signal }),
  );
}
