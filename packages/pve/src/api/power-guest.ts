import type { Params } from "../rest/encode-params.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";
import { startTask } from "../retry/start-task.ts";
import { runTask, type TaskCall } from "../tasks/run-task.ts";
import { parseUpid } from "../tasks/upid.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";
import { readGuestStatus } from "./guests.ts";
import { waitForHa } from "./wait-for-ha.ts";

/** What can be done to a guest's power. */
export type PowerVerb = "start" | "stop" | "shutdown" | "reboot" | "reset" | "suspend" | "resume";

/** Options of {@link powerGuest}. */
export interface PowerOptions {
  readonly params?: Params;
  readonly signal?: AbortSignal;
}

/**
 * Starts, stops … a guest, once. `start` of a running guest fails, `stop` of a stopped one does not. Where HA manages
 * the guest it is only asked to, so this waits until HA has started or stopped it.
 */
export async function powerGuest(
  caller: PveCaller,
  place: GuestPlace,
  verb: PowerVerb,
  options: PowerOptions = {},
): Promise<TaskResult> {
  const asked = await runTask(caller, powerCall(place, verb, options));
  return await followed(caller, place, asked, options.signal);
}

/** Starts a guest, again where that is known to be safe, and waits until it runs. One that runs already is fine. */
export async function startGuest(
  caller: PveCaller,
  place: GuestPlace,
  options: PowerOptions = {},
): Promise<TaskResult> {
  const isRunning = async () => (await readGuestStatus(caller, place, options.signal)).status === "running";
  const asked = await startTask(caller, {
    ...powerCall(place, "start", options),
    reread: async () => ((await isRunning()) ? "done" : "not-done"),
  }).catch(async (error: unknown) => {
    // Somebody was faster: a machine that runs is as it should be.
    if (!(await isRunning())) throw error;
    return { upid: undefined, warnings: [] };
  });
  return await followed(caller, place, asked, options.signal);
}

function powerCall(place: GuestPlace, verb: PowerVerb, { params = {}, signal }: PowerOptions): TaskCall {
  const path = "/nodes/{node}/qemu/{vmid}/status/{verb}";
  return { method: "POST", path, in: { ...place, verb }, params, signal };
}

/** The tasks that only ask HA end some 20 s before the guest does it (docs/proxmox-facts.md#orders-to-ha). */
async function followed(
  caller: PveCaller,
  place: GuestPlace,
  asked: TaskResult,
  signal: AbortSignal | undefined,
): Promise<TaskResult> {
  const type = asked.upid === undefined ? "" : parseUpid(asked.upid).type;
  if (type === "hastart") await waitForHa(caller, place, "running", signal);
  if (type === "hastop") await waitForHa(caller, place, "stopped", signal);
  return asked;
}
