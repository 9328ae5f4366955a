import type { Params } from "../rest/encode-params.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";
import type { RereadState } from "../retry/repeat-after-reread.ts";
import { startTask } from "../retry/start-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";

/** Parameters of `POST /nodes/{node}/qemu/{vmid}/clone`. */
export type CloneParams = Params & { readonly newid: number; readonly full?: boolean };

/**
 * Clones a guest or template onto `newid`; linked unless `full`. An unanswered call is repeated only after `reread`, since
 * whether the machine at `newid` is this clone only its caller can tell; without it nothing is.
 */
export async function cloneGuest(
  caller: PveCaller,
  source: GuestPlace,
  params: CloneParams,
  options: { readonly reread?: RereadState; readonly signal?: AbortSignal } = {},
): Promise<TaskResult> {
  const { node, vmid } = source;
  return await startTask(caller, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/clone",
    in: { node, vmid },
    params,
    signal: options.signal,
    reread: options.reread ?? (async () => "unclear"),
  });
}
