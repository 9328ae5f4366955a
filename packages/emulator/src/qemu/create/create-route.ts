import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { checkBridges } from "../../guests/check-bridges.ts";
import { bandwidthParam, flagParam, storageParam, vmidParam } from "../../guests/guest-params.ts";
import { requireOnGuest } from "../../guests/guest-permission.ts";
import { die, PveError } from "../../kernel/pve-error.ts";
import type { ParamTable } from "../../schema/param-table.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { startTask } from "../../tasks/tasks.ts";
import { resolveCdrom } from "../config/drive.ts";
import { withMac } from "../config/net-device.ts";
import { checkDrives } from "../disks/check-drives.ts";
import { checkStorageAccess } from "../disks/check-storage-access.ts";
import { guestOptions } from "../options/guest-options.ts";
import { checkDevices, checkOptions } from "../permission/check-options.ts";
import { createGuest, type NewGuest } from "./create-guest.ts";
import { reserveVmid } from "./reserve-vmid.ts";

const controls: ParamTable = {
  node: { type: "string", format: "pve-node" },
  vmid: vmidParam,
  archive: { type: "string", maxLength: 255, optional: true },
  bwlimit: bandwidthParam,
  force: { ...flagParam, requires: "archive" },
  "ha-managed": flagParam,
  "import-working-storage": storageParam,
  "live-restore": flagParam,
  pool: { type: "string", format: "pve-poolid", optional: true },
  start: flagParam,
  storage: storageParam,
  unique: { ...flagParam, requires: "archive" },
};

/** `POST /nodes/{node}/qemu`: takes the id at once, makes the machine in a task. */
export const createRoute: Route = {
  method: "POST",
  path: "/nodes/{node}/qemu",
  params: { ...guestOptions, cdrom: { type: "string", optional: true }, ...controls },
  permission: "user",
  onNode: true,
  worker: true,
  async handle(call) {
    const guest = await checkCreate(call);
    const { cluster, node, identity, vmid } = guest;
    await reserveVmid(cluster, node, vmid);
    const subject = { node, identity, type: "qmcreate", id: String(vmid) };
    return await startTask(cluster, subject, (task) => createGuest(guest, task));
  },
};

async function checkCreate(call: Call): Promise<NewGuest> {
  const { cluster, node, identity, params } = call;
  const vmid = params.int("vmid");
  const pool = params.optionalText("pool");
  const storage = params.optionalText("storage");
  requireAllowed(call, vmid, pool);
  if (params.has("archive")) refuseArchive(call);
  const asked = resolveCdrom(params.rest(...Object.keys(controls)));
  const access = { identity, vmid, pool };
  checkStorageAccess({ cluster, identity, vmid, defaultStorage: storage }, asked);
  checkOptions(cluster, access, Object.keys(asked));
  checkDevices(cluster, access, asked);
  checkBridges(cluster, identity, asked);
  const values = await checkDrives(cluster, node, asked);
  for (const [key, value] of Object.entries(values)) {
    if (/^net\d+$/.test(key)) values[key] = withMac(cluster, value);
  }
  return { cluster, node, identity, vmid, values, pool, storage, start: params.flag("start") };
}

function requireAllowed(
  { cluster, node, identity, params }: Call,
  vmid: number,
  pool: string | undefined,
): void {
  if (pool !== undefined && !cluster.access.hasPool(pool)) {
    throw new PveError(403, `Permission check failed (pool '${pool}' does not exist)`);
  }
  if (!cluster.quorate(node)) die("cluster not ready - no quorum?");
  if (params.flag("start")) requireOnGuest(cluster, { identity, vmid, pool }, ["VM.PowerMgmt"]);
  if (cluster.allow(identity, `/vms/${vmid}`, ["VM.Allocate"])) return;
  if (pool !== undefined && cluster.allow(identity, `/pool/${pool}`, ["VM.Allocate"])) return;
  throw new PveError(403, "Permission check failed");
}

/** Restoring is not built: the refusal for what is not there is the genuine one, the other says so. */
function refuseArchive({ cluster, node, params }: Call): never {
  const archive = params.text("archive");
  if (!volumes(cluster).exists(node, archive)) return die(`volume '${archive}' does not exist`);
  return die(`unable to restore from '${archive}': the emulator does not restore backups`);
}
