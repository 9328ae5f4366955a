import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { badParameters, die, PveError } from "../../kernel/pve-error.ts";
import { startTask } from "../../tasks/tasks.ts";
import { mayLook, storageParams } from "../catalog/storage-params.ts";
import { isVolumeFormat, splitVolid } from "../volid.ts";
import type { VolumeEntry, VolumeFormat } from "../volume-types.ts";
import { requireVolumeAccess } from "../volumes/volume-access.ts";
import { volumes } from "../volumes/volumes.ts";

async function listContent(call: Call): Promise<VolumeEntry[]> {
  const vmid = call.params.optionalInt("vmid");
  const content = call.params.optionalText("content");
  const filter = { ...(vmid === undefined ? {} : { vmid }), ...(content === undefined ? {} : { content }) };
  const entries = await volumes(call.cluster).list(call.node, call.params.text("storage"), filter);
  return entries.filter(({ volid }) => isVisible(call, volid));
}

/** Entries that the caller may not use are left out (API2/Storage/Content.pm index). */
function isVisible(call: Call, volid: string): boolean {
  try {
    requireVolumeAccess(call.cluster, call.identity, { volid });
    return true;
  } catch (error) {
    if (error instanceof PveError) return false;
    throw error;
  }
}

const units: Readonly<Record<string, number>> = { "": 1024, M: 1024 ** 2, G: 1024 ** 3 };

async function allocate(call: Call): Promise<string> {
  const name = call.params.text("filename");
  const [, digits = "0", unit = ""] = /^(\d+)([MG]?)$/.exec(call.params.text("size")) ?? [];
  return await volumes(call.cluster).allocate(call.node, call.params.text("storage"), {
    vmid: call.params.int("vmid"),
    name,
    sizeBytes: Number(digits) * (units[unit] ?? 1024),
    ...formatFor(name, call.params.optionalText("format")),
  });
}

/** The file's extension decides; an asked-for format must agree with it. */
function formatFor(name: string, asked: string | undefined): { format?: VolumeFormat } {
  const named = /\.(raw|qcow2|vmdk)$/.exec(name)?.[1];
  if (named !== undefined && asked !== undefined && named !== asked) {
    throw badParameters({ format: `different storage formats (${asked} != ${named})` });
  }
  const format = named ?? asked;
  return isVolumeFormat(format) ? { format } : {};
}

/** The volume that the path names: with its storage in front or without. */
function askedVolid(call: Call): string {
  const [storage, volume] = [call.params.text("storage"), call.params.text("volume")];
  if (!volume.includes(":")) return `${storage}:${volume}`;
  try {
    const named = splitVolid(volume).storage;
    if (named !== storage) die(`storage ID mismatch (${named} != ${storage})`);
  } catch (error) {
    if (error instanceof PveError) throw badParameters({ volume: `${error.message}\n` });
    throw error;
  }
  return volume;
}

async function readVolume(call: Call): Promise<unknown> {
  const volid = askedVolid(call);
  requireVolumeAccess(call.cluster, call.identity, { volid });
  const all = volumes(call.cluster);
  if (!all.exists(call.node, volid)) die(`volume_size_info on '${volid}' failed - no format`);
  const { format, size, used } = await all.info(call.node, volid);
  return { format, size, used, path: all.guestPath(call.node, volid) };
}

function changeVolume(call: Call): null {
  const volid = askedVolid(call);
  requireVolumeAccess(call.cluster, call.identity, { volid });
  const { vtype, storage } = volumes(call.cluster).parse(volid);
  const type = volumes(call.cluster).config(storage).type;
  for (const name of ["notes", "protected"]) {
    if (call.params.has(name) && vtype !== "backup") {
      die(name === "notes" ? "only backups can have notes" : "only backups can be protected");
    }
    if (call.params.has(name)) die(`attribute '${name}' is not supported for storage type '${type}'`);
  }
  return null;
}

async function freeVolume(call: Call): Promise<string | null> {
  const volid = askedVolid(call);
  const { storage, vtype, vmid } = volumes(call.cluster).parse(volid);
  requireRemoval(call, `/storage/${storage}`, vtype === "backup" ? vmid : undefined);
  const subject = {
    node: call.node,
    identity: call.identity,
    type: "imgdel",
    id: vmid === undefined ? storage : `${vmid}@${storage}`,
  };
  const upid = await startTask(call.cluster, subject, async (task) => {
    await volumes(call.cluster).free(call.node, volid, task.log);
    task.log(`Removed volume '${volid}'`);
  });
  return await waitBriefly(call, upid);
}

function requireRemoval(call: Call, path: string, backupOf: number | undefined): void {
  if (backupOf === undefined) {
    call.cluster.require(call.identity, path, ["Datastore.Allocate"]);
    return;
  }
  call.cluster.require(call.identity, path, ["Datastore.AllocateSpace"]);
  call.cluster.require(call.identity, `/vms/${backupOf}`, ["VM.Backup"]);
}

/** With `delay`, a task that ends in time answers null or its error (API2/Storage/Content.pm delete). */
async function waitBriefly(call: Call, upid: string): Promise<string | null> {
  const seconds = call.params.optionalInt("delay");
  const task = call.cluster.tasks.find(upid);
  if (seconds === undefined || task === undefined) return upid;
  const timer = new AbortController();
  const late = call.cluster.clock
    .sleep(seconds * 1000, AbortSignal.any([timer.signal, call.signal]))
    .catch(() => undefined);
  await Promise.race([task.done, late]);
  timer.abort();
  if (task.exitStatus === undefined) return upid;
  return task.exitStatus === "OK" || task.exitStatus.startsWith("WARNINGS") ? null : die(task.exitStatus);
}

const { node, storage, vmid, text } = storageParams;
const volume = { node, storage, volume: { type: "string" } } as const;
const list = "/nodes/{node}/storage/{storage}/content";
const one = `${list}/{volume*}`;
const onNode = { onNode: true, worker: true } as const;

/** `/nodes/{node}/storage/{storage}/content`: the volumes themselves. */
export const contentRoutes: readonly Route[] = [
  {
    ...onNode,
    method: "GET",
    path: list,
    params: { node, storage, content: storageParams.content, vmid: { ...vmid, optional: true } },
    permission: mayLook,
    handle: listContent,
  },
  {
    ...onNode,
    method: "POST",
    path: list,
    params: {
      node,
      storage,
      filename: { type: "string" },
      vmid,
      size: { type: "string", pattern: "\\d+[MG]?" },
      format: { ...storageParams.format, requires: "size" },
    },
    permission: { perm: "/storage/{storage}", privs: ["Datastore.AllocateSpace"] },
    handle: allocate,
  },
  { ...onNode, method: "GET", path: one, params: volume, permission: "user", handle: readVolume },
  {
    ...onNode,
    method: "PUT",
    path: one,
    params: { ...volume, notes: text, protected: storageParams.flag },
    permission: "user",
    handle: changeVolume,
  },
  {
    ...onNode,
    method: "DELETE",
    path: one,
    params: { ...volume, delay: { type: "integer", minimum: 1, maximum: 30, optional: true } },
    permission: "user",
    handle: freeVolume,
  },
];
