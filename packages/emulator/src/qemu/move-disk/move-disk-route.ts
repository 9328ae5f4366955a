import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { inTask, subjectOf } from "../../guests/guest-job.ts";
import {
  bandwidthParam,
  digestParam,
  flagParam,
  guestPathParams,
  storageParam,
  vmidParam,
} from "../../guests/guest-params.ts";
import { requireOnGuest } from "../../guests/guest-permission.ts";
import { badParameters } from "../../kernel/pve-error.ts";
import { storageOf } from "../config/drive.ts";
import { driveOrUnusedParam, guestPath, imageFormat, imageFormatParam } from "../options/machine-params.ts";
import { checkMove, moveDisk } from "./move-disk.ts";
import { checkReassign, reassignDisk } from "./reassign-disk.ts";

/** `POST /nodes/{node}/qemu/{vmid}/move_disk`: to another storage, or to another machine. */
export const moveDiskRoute: Route = {
  method: "POST",
  path: `${guestPath}/move_disk`,
  params: {
    ...guestPathParams,
    disk: driveOrUnusedParam,
    storage: storageParam,
    format: imageFormatParam,
    delete: flagParam,
    digest: digestParam,
    bwlimit: bandwidthParam,
    "target-vmid": { ...vmidParam, optional: true },
    "target-disk": { ...driveOrUnusedParam, optional: true },
    "target-digest": digestParam,
  },
  permission: { perm: "/vms/{vmid}", privs: ["VM.Config.Disk"] },
  onNode: true,
  worker: true,
  handle: move,
};

async function move(call: Call): Promise<string> {
  const storage = call.params.optionalText("storage");
  const target = call.params.optionalInt("target-vmid");
  if (storage !== undefined && target !== undefined) {
    const text = "either set 'storage' or 'target-vmid', but not both";
    throw badParameters({ "target-vmid": text, storage: text });
  }
  if (target !== undefined) return await giveToOther(call, target);
  if (storage !== undefined) return await toStorage(call, storage);
  const text = "both 'storage' and 'target-vmid' missing, either needs to be set";
  throw badParameters({ "target-vmid": text, storage: text });
}

async function toStorage(call: Call, storage: string): Promise<string> {
  const { cluster, identity, params } = call;
  cluster.require(identity, `/storage/${storage}`, ["Datastore.AllocateSpace"]);
  const wanted = {
    key: params.text("disk"),
    storage,
    deleteSource: params.flag("delete"),
    format: imageFormat(params.optionalText("format")),
    digest: params.optionalText("digest"),
  };
  checkMove(subjectOf(call), wanted);
  return await inTask(call, "qmmove", (job) => moveDisk(job, wanted));
}

async function giveToOther(call: Call, targetVmid: number): Promise<string> {
  const { cluster, identity, params } = call;
  requireOnGuest(cluster, { identity, vmid: targetVmid }, ["VM.Config.Disk"]);
  if (targetVmid === params.int("vmid")) {
    throw badParameters({ "target-vmid": "must be different than source VMID to reassign disk" });
  }
  const key = params.text("disk");
  const wanted = {
    key,
    targetVmid,
    targetKey: params.optionalText("target-disk") ?? key,
    digest: params.optionalText("digest"),
    targetDigest: params.optionalText("target-digest"),
  };
  const drive = checkReassign(subjectOf(call), wanted);
  cluster.require(identity, `/storage/${storageOf(drive.file) ?? ""}`, ["Datastore.AllocateSpace"]);
  const id = `${params.text("vmid")}-${key}>${targetVmid}-${wanted.targetKey}`;
  return await inTask(call, "qmmove", (job) => reassignDisk(job, wanted), id);
}
