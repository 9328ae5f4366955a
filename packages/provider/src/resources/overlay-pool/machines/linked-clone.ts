import {
  inFlight,
  isNameless,
  isSeat,
  isWorkerLost,
  removeBrokenClone,
  waitForTasks,
} from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import {
  cloneGuest,
  type GuestPlace,
  inspectVmid,
  PveError,
  type Reread,
  readGuestConfig,
  type TaskResult,
} from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";
import { copyOn } from "../seat/copy-on.ts";

/** A linked clone of the class's generation: where it will be, and what the clone call itself writes into it. */
export interface LinkedClone extends GuestPlace {
  /** The name that its notes carry with our mark. */
  readonly seat: string;
  readonly name: string;
  readonly description: string;
}

/** Has Proxmox clone the class's generation: its hardware, with disks that stand on the generation's own. */
export async function cloneGeneration(run: ClassRun, clone: LinkedClone): Promise<TaskResult> {
  const { node, vmid, name, description } = clone;
  const source = sourceOf(run, node);
  const target = source.node === node ? {} : { target: node };
  const params = { newid: vmid, full: false, name, description, ...target, pool: run.createdInPool };
  const reread = (error: unknown) => lookAt(run, { ...clone, source }, error);
  return await cloneGuest(run.cluster.client, source, params, { reread }).catch(async (error: unknown) => {
    // What was wrong with the clone matters more than what is wrong with its remains.
    if (isWorkerLost(error))
      await removeRemains(run, source, clone).catch((remains: unknown) =>
        run.context.warn(CoppiceError.of(remains).message),
      );
    throw error;
  });
}

/** What a clone of this very run left whose worker died. The number was free when the run read the cluster. */
async function removeRemains(run: ClassRun, source: GuestPlace, { seat, vmid }: LinkedClone): Promise<void> {
  // It moves to another node at its end only.
  const place = { node: source.node, vmid };
  await waitForTasks(run.cluster, source, "qmclone", run.context);
  if ((await inspectVmid(run.cluster.client, place)) !== "guest") return;
  const config = await readGuestConfig(run.cluster.client, place);
  const isMarked = isSeat(run, seat, config) && config.lock === "clone";
  if (isMarked || isNameless(config)) await removeBrokenClone(run.cluster, place);
}

/** The template for machines on a node, and where it is: a clone of a shared disk may go to another node. */
function sourceOf(run: ClassRun, node: string): GuestPlace {
  const copy = copyOn(run.inputs.base, node);
  const [home = node] = Object.entries(run.inputs.base.copies).find(([, each]) => each === copy) ?? [];
  return { node: home, vmid: copy.vmid };
}

/** The clone goes on when its answer was lost, and tells whose it is when its first disk is done. */
async function lookAt(
  run: ClassRun,
  { seat, source, node, vmid }: LinkedClone & { readonly source: GuestPlace },
  error: unknown,
): Promise<Reread> {
  const place = { node, vmid };
  await waitForTasks(run.cluster, source, "qmclone", inFlight(run.context));
  const state = await inspectVmid(run.cluster.client, place);
  // Hidden: free, or Proxmox answers that it is taken.
  if (state === "free" || state === "hidden") return "not-done";
  if (state !== "guest") return "unclear";
  if (isSeat(run, seat, await readGuestConfig(run.cluster.client, place))) return "done";
  // Two clones at one number wait a second for each other, and the later one ends so: the number is the other's.
  if (PveError.is(error, "pve.lock-timeout")) throw taken(place, error);
  return "unclear";
}

function taken({ node, vmid }: GuestPlace, cause: unknown): PveError {
  return new PveError("pve.already-exists", { what: `Number ${vmid} on ${node} was taken meanwhile`, cause });
}
