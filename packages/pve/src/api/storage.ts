import { flag, list, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import { runTask } from "../tasks/run-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";

/** A storage as one node sees it; sizes in bytes. */
export type StorageStatus = ReturnType<typeof parseStatus>;

const parseStatus = shape({
  type: text,
  content: text,
  active: flag,
  enabled: flag,
  shared: flag,
  total: optional(number),
  used: optional(number),
  avail: optional(number),
});

/** The state of one storage on a node. */
export async function readStorageStatus(
  caller: PveCaller,
  node: string,
  storage: string,
  signal?: AbortSignal,
): Promise<StorageStatus> {
  return await caller.call({
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/status",
    in: { node, storage },
    parse: parseStatus,
    signal,
  });
}

/** A storage of a node in `cluster/resources`; what it has told of itself last, in bytes. */
export type StorageResource = ReturnType<typeof parseStorageResource>;

/** Reads a storage of `cluster/resources`. */
export const parseStorageResource = shape({
  storage: text,
  node: text,
  status: optional(text),
  shared: flag,
  plugintype: optional(text),
  content: optional(text),
  disk: optional(number),
  maxdisk: optional(number),
});

/** Every storage on every node that may use it, in one call; a shared one on each. */
export async function listStorageResources(
  caller: PveCaller,
  signal?: AbortSignal,
): Promise<readonly StorageResource[]> {
  const params = { type: "storage" };
  return await caller.call({
    method: "GET",
    path: "/cluster/resources",
    params,
    parse: list(parseStorageResource),
    signal,
  });
}

/** A volume on a storage. `parent` is the raw backing text that qemu-img stored, not a volume id. */
export type Volume = ReturnType<typeof parseVolume>;

const parseVolume = shape({
  volid: text,
  content: optional(text),
  format: optional(text),
  size: optional(number),
  vmid: optional(number),
  parent: optional(text),
});

/** The volumes of a storage, optionally of one kind (`images`, `iso` …) or one guest. */
export async function listVolumes(
  caller: PveCaller,
  place: { readonly node: string; readonly storage: string },
  filter: { readonly content?: string; readonly vmid?: number } = {},
  signal?: AbortSignal,
): Promise<readonly Volume[]> {
  const path = "/nodes/{node}/storage/{storage}/content";
  return await caller.call({
    method: "GET",
    path,
    in: { ...place },
    params: { ...filter },
    parse: list(parseVolume),
    signal,
  });
}

/** Frees a volume. Proxmox ends the task well even if there was none. */
export async function deleteVolume(
  caller: PveCaller,
  place: { readonly node: string; readonly storage: string; readonly volume: string },
  signal?: AbortSignal,
): Promise<TaskResult> {
  return await runTask(caller, {
    method: "DELETE",
    path: "/nodes/{node}/storage/{storage}/content/{volume}",
    in: { ...place },
    signal,
  });
}
