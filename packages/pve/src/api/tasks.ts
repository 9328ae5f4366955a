import { list, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";

/** A task that is at work. */
export type ActiveTask = ReturnType<typeof parseTask>;

const parseTask = shape({ upid: text, type: text });

/** The tasks that are at work on a node, or there on one guest; a clone is one of its source. */
export async function listActiveTasks(
  caller: PveCaller,
  { node, vmid }: Pick<GuestPlace, "node"> & Partial<GuestPlace>,
  signal?: AbortSignal,
): Promise<readonly ActiveTask[]> {
  return await caller.call({
    method: "GET",
    path: "/nodes/{node}/tasks",
    in: { node },
    params: { source: "active", ...(vmid !== undefined && { vmid }) },
    parse: list(parseTask),
    signal,
  });
}
