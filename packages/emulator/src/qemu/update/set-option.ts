import { checkBridges } from "../../guests/check-bridges.ts";
import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { uniqueTags } from "../../guests/config/unique-tags.ts";
import { checkTags } from "../../guests/guest-permission.ts";
import { badParameters, die } from "../../kernel/pve-error.ts";
import { hashPassword } from "../cloudinit/hash-password.ts";
import { bootOrder, printBootOrder } from "../config/boot-order.ts";
import { editConfig, saveConfig } from "../config/config-file.ts";
import { isCdrom, parseDrive } from "../config/drive.ts";
import { createDisks } from "../disks/create-disks.ts";
import { retireDrive } from "../disks/unused.ts";
import { isDriveName } from "../options/drive-names.ts";
import { checkDevices, checkDrivePermission } from "../permission/check-options.ts";
import type { UpdateRun } from "./update-request.ts";

/** Puts one option into the pending section; disks are made or taken over for it. */
export async function setOption(run: UpdateRun, key: string, value: string): Promise<void> {
  const { cluster, node, vmid } = run.request;
  run.touched.add(key);
  const config = editConfig(cluster, node, vmid);
  if (config.pending[key] === value) return;
  if (isDriveName(key)) await setDrive(run, config, key, value);
  else if (key === "cipassword") config.values[key] = await passwordOf(config, value);
  else {
    checkChange(run, config, key, value);
    config.pending[key] = valueOf(run, config, key, value);
  }
  config.pendingDelete.delete(key);
  await saveConfig(cluster, node, vmid, config);
}

async function setDrive(run: UpdateRun, config: ConfigDraft, key: string, value: string): Promise<void> {
  const { cluster } = run.request;
  const present = config.values[key];
  if (present !== undefined) {
    checkDrivePermission(cluster, run.request, present);
    if (key === "tpmstate0") refuseVersionChange(present, value);
  }
  checkDrivePermission(cluster, run.request, value);
  const waiting = config.pending[key];
  if (waiting !== undefined) await retireDrive(run.job, config, parseDrive(waiting));
  const { values } = await createDisks({ ...run.job, present: withoutKey(config, key) }, { [key]: value });
  Object.assign(config.pending, values);
  if (run.bootOrder.length > 0 && isCdrom(parseDrive(value), true) && !run.bootOrder.includes(key)) {
    run.bootOrder.push(key);
    config.pending["boot"] = printBootOrder(run.bootOrder);
    run.touched.add("boot");
  }
}

function withoutKey(config: ConfigDraft, key: string) {
  const { [key]: _present, ...rest } = { ...config.values, ...config.pending };
  return rest;
}

function refuseVersionChange(present: string, value: string): void {
  const version = (text: string) => parseDrive(text)["version"] ?? "v1.2";
  if (version(present) !== version(value)) {
    throw badParameters({ tpmstate0: "cannot change TPM state version after creation" });
  }
}

async function passwordOf(config: ConfigDraft, value: string): Promise<string> {
  const windows = config.values["ostype"]?.startsWith("w") === true;
  return windows || /^\$(?:[156]|2[ay])(?:\$.+){2}/.test(value) ? value : await hashPassword(value);
}

function checkChange({ request }: UpdateRun, config: ConfigDraft, key: string, value: string): void {
  const present = config.values[key];
  const both = present === undefined ? [value] : [present, value];
  if (/^serial\d+$/.test(key) && !request.identity.isRoot && both.some((text) => text !== "socket")) {
    die(`only root can modify '${key}' config for real devices`);
  }
  for (const text of both) checkDevices(request.cluster, request, { [key]: text });
  if (/^net\d+$/.test(key) && present !== undefined)
    checkBridges(request.cluster, request.identity, { [key]: present });
  if (key === "tags") checkTags(request.cluster, request.identity, request.vmid);
}

function valueOf(run: UpdateRun, config: ConfigDraft, key: string, value: string): string {
  if (key === "tags") return uniqueTags(value, run.request.cluster.version);
  const devices = key === "boot" ? bootOrder(value) : [];
  if (devices.length === 0) return value;
  for (const device of devices) {
    const exists = config.values[device] ?? config.pending[device] ?? run.request.set[device];
    if (exists === undefined || run.request.remove.includes(device)) {
      die(`invalid bootorder: device '${device}' does not exist'`);
    }
  }
  if (config.values["bootdisk"] !== undefined) config.pendingDelete.set("bootdisk", false);
  return printBootOrder(devices);
}
