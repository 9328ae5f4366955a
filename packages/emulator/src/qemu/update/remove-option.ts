import { checkBridges } from "../../guests/check-bridges.ts";
import { checkProtection } from "../../guests/config/config-checks.ts";
import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { checkTags, requireOnGuest } from "../../guests/guest-permission.ts";
import { die } from "../../kernel/pve-error.ts";
import { printBootOrder } from "../config/boot-order.ts";
import { editConfig, saveConfig } from "../config/config-file.ts";
import { parseDrive } from "../config/drive.ts";
import { freeDrive } from "../disks/free-drive.ts";
import { retireDrive } from "../disks/unused.ts";
import { isDriveName } from "../options/drive-names.ts";
import { checkDevices, checkDrivePermission } from "../permission/check-options.ts";
import type { UpdateRun } from "./update-request.ts";

/** Removes one option: at once where nothing hangs on it, else as a pending deletion. */
export async function removeOption(run: UpdateRun, key: string): Promise<void> {
  const { cluster, node, vmid } = run.request;
  const config = editConfig(cluster, node, vmid);
  const value = config.values[key] ?? config.pending[key];
  if (value === undefined) {
    run.job.log(`cannot delete '${key}' - not set in current configuration!`);
    return;
  }
  run.touched.add(key);
  const wasPending = config.pending[key] !== undefined;
  delete config.pending[key];
  leaveBootOrder(run, config, key);
  if (/^unused\d+$/.test(key) || key === "vmstate") await freeNow(run, config, key, value);
  else if (key === "tags") {
    checkTags(cluster, run.request.identity, vmid);
    delete config.values[key];
  } else {
    if (isDriveName(key)) await checkDrive(run, config, key, value, wasPending);
    else checkOther(run, key, config.values[key]);
    config.pendingDelete.set(key, run.request.force);
  }
  await saveConfig(cluster, node, vmid, config);
}

function leaveBootOrder(run: UpdateRun, config: ConfigDraft, key: string): void {
  const at = run.bootOrder.indexOf(key);
  if (at < 0) return;
  run.bootOrder.splice(at, 1);
  config.pending["boot"] = printBootOrder(run.bootOrder);
  run.touched.add("boot");
}

async function freeNow(run: UpdateRun, config: ConfigDraft, key: string, value: string): Promise<void> {
  const { cluster, identity, vmid } = run.request;
  const drive = parseDrive(value);
  checkProtection(
    config,
    key === "vmstate" ? `can't remove vmstate '${value}'` : `can't remove unused disk '${drive.file}'`,
  );
  requireOnGuest(cluster, { identity, vmid }, ["VM.Config.Disk"]);
  if (await freeDrive(run.job, config, key, drive)) delete config.values[key];
}

async function checkDrive(
  run: UpdateRun,
  config: ConfigDraft,
  key: string,
  value: string,
  wasPending: boolean,
): Promise<void> {
  checkProtection(config, `can't remove drive '${key}'`);
  checkDrivePermission(run.request.cluster, run.request, value);
  if (wasPending) await retireDrive(run.job, config, parseDrive(value));
}

function checkOther({ request }: UpdateRun, key: string, value: string | undefined): void {
  if (value === undefined) return;
  if (/^net\d+$/.test(key)) checkBridges(request.cluster, request.identity, { [key]: value });
  if (/^serial\d+$/.test(key) && value !== "socket" && !request.identity.isRoot) {
    die(`only root can delete '${key}' config for real devices`);
  }
  checkDevices(request.cluster, request, { [key]: value });
}
