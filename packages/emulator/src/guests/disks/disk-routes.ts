import type { Call } from "../../api/call.ts";
import { refuseUnlessRoot } from "../../api/root-only.ts";
import type { Route } from "../../api/route.ts";
import { badParameters } from "../../kernel/pve-error.ts";
import { Params } from "../../schema/params.ts";
import type { TaskRun } from "../../tasks/task-run.ts";
import { startTask } from "../../tasks/tasks.ts";
import { storageOf } from "../config/drive.ts";
import { requireOnGuest } from "../permission/check-options.ts";
import type { PowerJob } from "../power/start-guest.ts";
import {
  bandwidthParam,
  digestParam,
  driveOrUnusedParam,
  driveParam,
  flagParam,
  guestPath,
  guestPathParams,
  imageFormatParam,
  storageParam,
  vmidParam,
} from "../schema/guest-params.ts";
import { imageFormat } from "../schema/image-format.ts";
import { changeNow } from "../update/config-routes.ts";
import { checkMove, moveDisk } from "./move-disk.ts";
import { checkReassign, reassignDisk } from "./reassign-disk.ts";
import { resizeDisk } from "./resize-disk.ts";
import { checkTemplate, templateGuest } from "./template-guest.ts";

const diskRight = { perm: "/vms/{vmid}", privs: ["VM.Config.Disk"] } as const;

/** Resizing, moving and unlinking disks; making templates. */
export const diskRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: `${guestPath}/resize`,
    params: {
      ...guestPathParams,
      disk: driveParam,
      size: { type: "string", pattern: "\\+?\\d+(\\.\\d+)?[KMGT]?" },
      digest: digestParam,
      skiplock: flagParam,
    },
    permission: diskRight,
    onNode: true,
    worker: true,
    handle: resize,
  },
  {
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
    permission: diskRight,
    onNode: true,
    worker: true,
    handle: move,
  },
  {
    method: "PUT",
    path: `${guestPath}/unlink`,
    params: { ...guestPathParams, idlist: { type: "string", format: "pve-configid-list" }, force: flagParam },
    permission: diskRight,
    onNode: true,
    worker: true,
    handle: unlink,
  },
  {
    method: "POST",
    path: `${guestPath}/template`,
    params: { ...guestPathParams, disk: { ...driveParam, optional: true } },
    permission: { perm: "/vms/{vmid}", privs: ["VM.Allocate"] },
    onNode: true,
    worker: true,
    handle: template,
  },
];

function subject(call: Call): Omit<PowerJob, "log"> {
  const { cluster, node, identity, params } = call;
  return { cluster, node, identity, vmid: params.int("vmid"), skiplock: params.flag("skiplock") };
}

async function inTask(
  call: Call,
  type: string,
  id: string,
  work: (job: PowerJob) => Promise<void>,
): Promise<string> {
  const { cluster, node, identity } = call;
  const run = (task: TaskRun) => work({ ...subject(call), log: task.log, signal: task.signal });
  return await startTask(cluster, { node, identity, type, id }, run);
}

async function resize(call: Call): Promise<string> {
  refuseUnlessRoot(call, "skiplock");
  const { params } = call;
  const wanted = {
    key: params.text("disk"),
    size: params.text("size"),
    digest: params.optionalText("digest"),
  };
  return await inTask(call, "resize", params.text("vmid"), (job) => resizeDisk(job, wanted));
}

async function template(call: Call): Promise<string> {
  const disk = call.params.optionalText("disk");
  checkTemplate(subject(call), disk);
  return await inTask(call, "qmtemplate", call.params.text("vmid"), (job) => templateGuest(job, disk));
}

/** `unlink` is a config PUT under another name. */
async function unlink(call: Call): Promise<null> {
  const { idlist = "", ...rest } = call.params.rest();
  return await changeNow({ ...call, params: new Params(Object.entries({ ...rest, delete: idlist })) });
}

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
  checkMove(subject(call), wanted);
  return await inTask(call, "qmmove", params.text("vmid"), (job) => moveDisk(job, wanted));
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
  const drive = checkReassign(subject(call), wanted);
  cluster.require(identity, `/storage/${storageOf(drive.file) ?? ""}`, ["Datastore.AllocateSpace"]);
  const id = `${params.text("vmid")}-${key}>${targetVmid}-${wanted.targetKey}`;
  return await inTask(call, "qmmove", id, (job) => reassignDisk(job, wanted));
}
