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
 * whose worker never started: a config that holds nothing but `lock: create` (measured, 4 of 4 cases).
 */
export type VmidState = "free" | "guest" | "busy" | "leftover";

/** Looks at a vmid after a create went wrong. A running create looks like a leftover, so the tasks are asked too. */
export async function inspectVmid(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<VmidState> {
  const config = await readConfig(caller, place, signal);
  if (config === undefined) return "free";
  if (!isLeftover(config)) return "guest";
  return (await hasActiveTask(caller, place, signal)) ? "busy" : "leftover";
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
