import { list, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";
import { runTask } from "../tasks/run-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";

const path = "/nodes/{node}/qemu/{vmid}/snapshot";

/** A snapshot of a guest. */
export type Snapshot = ReturnType<typeof parseSnapshot>;

const parseSnapshot = shape({
  name: text,
  description: optional(text),
  parent: optional(text),
  snaptime: optional(number),
});

/** A guest's snapshots, without Proxmox's own entry for the present state. */
export async function listSnapshots(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<readonly Snapshot[]> {
  const all = await caller.call({
    method: "GET",
    path,
    in: { ...place },
    parse: list(parseSnapshot),
    signal,
  });
  return all.filter((snapshot) => snapshot.name !== "current");
}

/** Takes a snapshot. Names have at least two characters. */
export async function createSnapshot(
  caller: PveCaller,
  place: GuestPlace,
  params: { readonly snapname: string; readonly description?: string },
  signal?: AbortSignal,
): Promise<TaskResult> {
  return await runTask(caller, { method: "POST", path, in: { ...place }, params, signal });
}

/** Removes a snapshot. */
export async function deleteSnapshot(
  caller: PveCaller,
  place: GuestPlace,
  name: string,
  signal?: AbortSignal,
): Promise<TaskResult> {
  return await runTask(caller, { method: "DELETE", path: `${path}/{name}`, in: { ...place, name }, signal });
}

/** Puts a guest back to a snapshot. */
export async function rollbackSnapshot(
  caller: PveCaller,
  place: GuestPlace,
  name: string,
  signal?: AbortSignal,
): Promise<TaskResult> {
  return await runTask(caller, {
    method: "POST",
    path: `${path}/{name}/rollback`,
    in: { ...place, name },
    signal,
  });
}
