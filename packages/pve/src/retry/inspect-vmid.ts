import { PveError } from "../errors/pve-error.ts";
import { list, record, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import { isMissingGuest } from "./is-missing-guest.ts";

/** Where a guest is. */
export interface GuestPlace {
  readonly node: string;
  readonly vmid: number;
}

/**
 * What stands at a vmid: nothing, a guest, a create that still runs, or the leftover of a create
 * whose worker never started: a config that holds nothing but `lock: create`
 * (docs/proxmox-facts.md#no-worker).
 * `hidden`: nothing that these credentials may see. Where rights come from a pool, a guest is seen from
 * the end of its create on, and a free number looks the same as somebody else's.
 */
export type VmidState = "free" | "guest" | "busy" | "leftover" | "hidden";

/** Looks at a vmid after a create went wrong. A running create looks like a leftover, so the tasks are asked too. */
export async function inspectVmid(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<VmidState> {
  const first = await lookAt(caller, place, signal);
  if (first !== "leftover" && first !== "hidden") return first;
  if (await hasActiveTask(caller, place, signal)) return "busy";
  // A create that ended in between is seen now.
  return first === "hidden" ? await lookAt(caller, place, signal) : first;
}

async function lookAt(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<Exclude<VmidState, "busy">> {
  try {
    const config = await readConfig(caller, place, signal);
    if (config === undefined) return "free";
    return isLeftover(config) ? "leftover" : "guest";
  } catch (error) {
    if (PveError.is(error, "pve.forbidden")) return "hidden";
    throw error;
  }
}

function isLeftover(config: Readonly<Record<string, unknown>>): boolean {
  return (
    config["lock"] === "create" && Object.keys(config).every((key) => key === "lock" || key === "digest")
  );
}

async function readConfig(caller: PveCaller, { node, vmid }: GuestPlace, signal?: AbortSignal) {
  try {
    return await caller.call({
      method: "GET",
      path: "/nodes/{node}/qemu/{vmid}/config",
      in: { node, vmid },
      parse: record,
      signal,
    });
  } catch (error) {
    if (isMissingGuest(error, vmid)) return undefined;
    throw error;
  }
}

async function hasActiveTask(
  caller: PveCaller,
  { node, vmid }: GuestPlace,
  signal?: AbortSignal,
): Promise<boolean> {
  const tasks = await caller.call({
    method: "GET",
    path: "/nodes/{node}/tasks",
    in: { node },
    params: { source: "active", vmid },
    parse: list(shape({ upid: text })),
    signal,
  });
  return tasks.length > 0;
}
