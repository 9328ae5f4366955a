import { flag, list, nothing, number, optional, shape, text } from "../parse/parser.ts";
import type { Params } from "../rest/encode-params.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";
import { mayRepeatSlowRead } from "../retry/may-repeat.ts";
import { repeatRead } from "../retry/repeat-read.ts";
import { runTask } from "../tasks/run-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";
import { type GuestConfig, parseGuestConfig } from "./guest-config.ts";

const guestPath = "/nodes/{node}/qemu/{vmid}";

/** One line of a node's list of guests. */
export type GuestSummary = ReturnType<typeof parseSummary>;

const parseSummary = shape({
  vmid: number,
  name: optional(text),
  status: text,
  template: flag,
  tags: optional(text),
  lock: optional(text),
});

/** The guests of one node. */
export async function listGuests(
  caller: PveCaller,
  node: string,
  signal?: AbortSignal,
): Promise<readonly GuestSummary[]> {
  return await caller.call({
    method: "GET",
    path: "/nodes/{node}/qemu",
    in: { node },
    parse: list(parseSummary),
    signal,
  });
}

/** A guest's configuration. Values that wait for the next start are shown as if applied, unless `current`. */
export async function readGuestConfig(
  caller: PveCaller,
  place: GuestPlace,
  options: { readonly current?: boolean; readonly signal?: AbortSignal } = {},
): Promise<GuestConfig> {
  const params = { current: options.current || undefined };
  return await caller.call({
    method: "GET",
    path: `${guestPath}/config`,
    in: { ...place },
    params,
    parse: parseGuestConfig,
    signal: options.signal,
  });
}

/** What a guest does now. */
export type GuestStatus = ReturnType<typeof parseStatus>;

const parseStatus = shape({
  status: text,
  qmpstatus: optional(text),
  lock: optional(text),
  cpus: optional(number),
  uptime: optional(number),
  ha: optional(shape({ managed: flag, state: optional(text) })),
});

/**
 * A guest's status, from its own node: `cluster/resources` lags up to 10 s. Proxmox asks QEMU, which may take half a minute
 * on a busy node, so it is asked again where that was too long.
 */
export async function readGuestStatus(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<GuestStatus> {
  const read = () =>
    caller.call({
      method: "GET",
      path: `${guestPath}/status/current`,
      in: { ...place },
      parse: parseStatus,
      signal,
    });
  return await repeatRead(caller.clock, read, signal, mayRepeatSlowRead);
}

/** Changes a configuration at once (`PUT`, no task). `delete` lists keys to clear, joined by commas. */
export async function putGuestConfig(
  caller: PveCaller,
  place: GuestPlace,
  params: Params,
  signal?: AbortSignal,
): Promise<void> {
  await caller.call({
    method: "PUT",
    path: `${guestPath}/config`,
    in: { ...place },
    params,
    parse: nothing,
    signal,
  });
}

/** Turns a stopped guest into a template. */
export async function convertToTemplate(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<TaskResult> {
  return await runTask(caller, { method: "POST", path: `${guestPath}/template`, in: { ...place }, signal });
}
