import { checkDigest } from "../../guests/config/config-checks.ts";
import type { ConfigDraft, GuestConfig } from "../../guests/config/guest-config.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { die, PveError } from "../../kernel/pve-error.ts";
import { bootOrder } from "../config/boot-order.ts";
import { checkLock, editConfig, loadConfig, saveConfig } from "../config/config-file.ts";
import { memoryMib } from "../config/machine-size.ts";
import type { DiskJob } from "../disks/disk-job.ts";
import { applyPending } from "./apply-pending.ts";
import { cleanPending } from "./clean-pending.ts";
import { hotplugPending } from "./hotplug-pending.ts";
import { removeOption } from "./remove-option.ts";
import { setOption } from "./set-option.ts";
import type { UpdateRequest, UpdateRun } from "./update-request.ts";

/** Checks the configuration as it is before the lock or the task: a failure here answers at once. */
export function checkUpdate(request: UpdateRequest): GuestConfig {
  const config = loadConfig(request.cluster, request.node, request.vmid);
  checkDigest(config, request.digest);
  if (!request.skiplock) checkLock(config);
  checkBalloon(request, config);
  return config;
}

function checkBalloon({ set }: UpdateRequest, { values, pending }: GuestConfig): void {
  if (set["memory"] === undefined && set["balloon"] === undefined) return;
  const memory = memoryMib(set["memory"] ?? pending["memory"] ?? values["memory"]);
  const balloon = Number(set["balloon"] ?? pending["balloon"] ?? values["balloon"] ?? 0);
  if (balloon > memory) die("balloon value too large (must be smaller than assigned memory)");
}

/**
 * Carries an update out under the lock: everything goes to the pending section first, then a stopped machine takes all
 * of it and a running one what can be hot-plugged (qemu-server 9.2.6, PVE/API2/Qemu.pm, update_vm_api).
 */
export async function applyUpdate(request: UpdateRequest, log: (line: string) => void): Promise<void> {
  const { cluster, node, vmid } = request;
  const before = checkUpdate(request);
  log(`update VM ${vmid}: ${request.text}`);
  const run: UpdateRun = {
    request,
    job: jobOf(request, before, log),
    touched: new Set(),
    bootOrder: bootOrder(before.values["boot"]),
  };
  const { set, remove } = withReverted(request, before);
  for (const key of remove) await removeOption(run, key);
  for (const [key, value] of Object.entries(set)) await setOption(run, key, value);
  const config = editConfig(cluster, node, vmid);
  if (cleanPending(config)) await saveConfig(cluster, node, vmid, config);
  if (Object.keys(config.pending).length + config.pendingDelete.size === 0) return;
  await bringIn(run, config);
}

function jobOf(request: UpdateRequest, config: GuestConfig, log: (line: string) => void): DiskJob {
  const { cluster, node, identity, vmid } = request;
  return { cluster, node, identity, vmid, log, present: { ...config.values, ...config.pending } };
}

/** `revert` sets what is in force again, or drops what was only pending. */
function withReverted({ set, remove, revert }: UpdateRequest, config: GuestConfig) {
  const values = { ...set };
  const removed = [...remove];
  for (const key of revert) {
    const present = config.values[key];
    if (present !== undefined) values[key] = present;
    else if (config.pending[key] !== undefined) removed.push(key);
  }
  return { set: values, remove: removed };
}

async function bringIn(run: UpdateRun, config: ConfigDraft): Promise<void> {
  const { cluster, vmid } = run.request;
  const errors = isRunning(cluster, vmid)
    ? await hotplugPending(run.job, config, run.touched)
    : await applyPending(run.job, config);
  if (Object.keys(errors).length > 0) throw new PveError(400, "Parameter verification failed.", errors);
}
