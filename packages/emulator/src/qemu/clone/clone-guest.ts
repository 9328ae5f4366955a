import { randomUuid } from "../../guests/config/generated-values.ts";
import { type ConfigValues, freshConfig } from "../../guests/config/guest-config.ts";
import { parseProperties, printProperties } from "../../guests/config/property-string.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { PveError } from "../../kernel/pve-error.ts";
import type { TaskRun } from "../../tasks/task-run.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { configPath, lockConfig, saveConfig } from "../config/config-file.ts";
import { withNewMac } from "../config/net-device.ts";
import { cloneDisk } from "../disks/clone-disk.ts";
import { freeQuietly } from "../disks/free-quietly.ts";
import { type CloneRequest, checkClone } from "./check-clone.ts";
import { claimNumber } from "./claim-number.ts";
import type { ClonePlan } from "./plan-clone.ts";

/** The work of the task `qmclone`: under the source's lock (shared while it is stopped) and the copy's. */
export async function cloneGuest(request: CloneRequest, task: TaskRun): Promise<void> {
  const { cluster, node, vmid, newid } = request;
  const shared = !isRunning(cluster, vmid);
  await lockConfig(
    cluster,
    node,
    vmid,
    () => lockConfig(cluster, node, newid, () => cloneLocked(request, task), { timeoutMs: 1000 }),
    { timeoutMs: 1000, shared },
  );
}

async function cloneLocked(request: CloneRequest, task: TaskRun): Promise<void> {
  const plan = checkClone(request);
  if (guestWords(request.cluster.version).announcesCopies) {
    task.log(`creating a clone of VM ${request.vmid} with ID ${request.newid}`);
  }
  claimNumber(request);
  const made: string[] = [];
  try {
    await makeCopy(request, plan, task, made);
  } catch (error) {
    await freeQuietly({ ...request, log: task.log }, made);
    request.node.files.remove(configPath(request.node.name, request.newid));
    throw new PveError(500, `clone failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function makeCopy(
  request: CloneRequest,
  plan: ClonePlan,
  task: TaskRun,
  made: string[],
): Promise<void> {
  const { cluster, node, newid, target, pool } = request;
  const values: ConfigValues = { ...newValues(request, plan), lock: "clone" };
  const source = { cluster, node, vmid: request.vmid, log: task.log };
  const wanted = {
    vmid: newid,
    storage: request.storage,
    format: request.format,
    snapshot: request.snapshot,
  };
  for (const disk of plan.disks) {
    values[disk.key] = await cloneDisk(source, disk, wanted, made);
    await saveConfig(cluster, node, newid, freshConfig({ ...values }));
  }
  delete values["lock"];
  await saveConfig(cluster, node, newid, freshConfig(values));
  if (target !== undefined) node.files.rename(configPath(node.name, newid), configPath(target.name, newid));
  if (pool !== undefined) await cluster.access.addToPool(node, newid, pool);
}

/** The options of the copy: its own name, ids and MAC addresses, and no template. */
function newValues({ cluster, vmid, name, description }: CloneRequest, plan: ClonePlan): ConfigValues {
  const { template: _template, ...values } = plan.values;
  const smbios = parseProperties(values["smbios1"] ?? "", {});
  values["smbios1"] = printProperties({ ...smbios, uuid: randomUuid(cluster.random) }, {});
  if (values["vmgenid"] !== undefined) values["vmgenid"] = randomUuid(cluster.random);
  values["name"] = name ?? `Copy-of-VM-${values["name"] ?? vmid}`;
  if (description !== undefined && description !== "") values["description"] = description;
  for (const [key, value] of Object.entries(values)) {
    if (/^net\d+$/.test(key)) values[key] = withNewMac(cluster, value);
  }
  return values;
}
