import {
  isHeld,
  markLineInFile,
  type NodeAnswer,
  type NodeOrder,
  reportSeat,
  runOrders,
  step,
  storageOrders,
} from "@coppice/clusters";
import { CoppiceError, type Progress } from "@coppice/core";
import { PveError } from "@coppice/pve";
import { byNode, type ClassRun, fail, isCancelled } from "../../class-run/class-run.ts";
import { eachSeat } from "../../class-run/each-seat.ts";
import { notDone } from "../../disks/node-orders.ts";
import { stopSeat } from "../../machines/stop-seats.ts";
import { hasFiles } from "../../plan/has-files.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { leavePools, type Membership } from "./leave-pools.ts";
import { ownMachine } from "./own-machine.ts";
import type { Removal } from "./removal.ts";

/**
 * Whether a machine may be removed by the program on its node: where whoever runs the cluster allows configurations to be
 * written there, and for nobody whose rights end at a pool, as for machines that are made so
 * (docs/decisions/0021-machines-leave-on-their-node.md).
 */
export function mayRemoveOnNode(run: ClassRun, { vmid, node, found }: PlannedSeat): boolean {
  const { cluster, createdInPool, observed, inputs } = run;
  // What an interrupted run left may be in any state.
  const { bulk, ssh } = cluster.settings;
  if (found === true || !bulk || ssh?.user !== "root" || createdInPool !== undefined) return false;
  return hasFiles(inputs.base) && observed.guests.get(vmid)?.isHaManaged !== true && hasShell(cluster, node);
}

function hasShell(cluster: ClassRun["cluster"], node: string): boolean {
  try {
    return cluster.ssh(node) !== undefined;
  } catch {
    return false; // No host key of it is configured.
  }
}

/** Removes machines on their nodes, all nodes at once. Answers those that are left to Proxmox. */
export async function removeOnNodes(removal: Removal, seats: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  const { run } = removal;
  const results = await Promise.all(
    [...byNode(seats)].map(([node, group]) => removeOnNode(removal, node, group)),
  );
  await leavePools(
    run,
    results.flatMap(({ gone }) => gone),
  );
  return results.flatMap(({ left }) => left);
}

/** What a batch came to. */
interface Batch {
  /** Machines that are gone, each with the pool that it is a member of still. */
  readonly gone: Membership[];
  readonly left: PlannedSeat[];
}

async function removeOnNode(removal: Removal, node: string, seats: readonly PlannedSeat[]): Promise<Batch> {
  const { run } = removal;
  const batch: Batch = { gone: [], left: [] };
  const stopped = await stopRunning(removal, seats);
  batch.left.push(...seats.filter((seat) => !stopped.has(seat.seat) && !run.unfinished.has(seat.seat)));
  const group = seats.filter(({ seat }) => stopped.has(seat));
  if (group.length === 0) return batch;
  const heard = new Map<string, NodeAnswer>();
  const broken = await runBatch(removal, node, group, heard).then(
    () => undefined,
    (error: unknown) => CoppiceError.of(error),
  );
  // What a program that came to no end did not speak of is as it was; what it has begun Proxmox would refuse.
  const unheard = broken === undefined ? [] : group.filter(({ seat }) => !heard.has(seat));
  if (broken !== undefined && unheard.length > 0 && !isCancelled(run)) warnOfApi(run, node, broken);
  batch.left.push(...unheard);
  for (const seat of group) if (!unheard.includes(seat)) sortOut(removal, seat, heard.get(seat.seat), batch);
  return batch;
}

function sortOut(
  { run }: Removal,
  seat: PlannedSeat,
  answer: NodeAnswer | undefined,
  { gone, left }: Batch,
): void {
  if (answer?.word === "ok") gone.push({ seat, pool: answer.detail || undefined });
  else if (answer?.word === "left") left.push(seat);
  else fail(run, seat.seat, refusal(seat.node, answer));
}

/** Stops the machines that run. Answers the names of all that do not run now and may be ours. */
async function stopRunning({ run }: Removal, seats: readonly PlannedSeat[]): Promise<ReadonlySet<string>> {
  const running = seats.filter(({ vmid }) => run.observed.guests.get(vmid)?.running === true);
  const stopped = await eachSeat(run, running, "stop", async (seat) => {
    const isOurs = (await ownMachine(run, seat)) !== undefined;
    if (isOurs) await step(run, `stop ${seat.seat}`, () => stopSeat(run, seat));
    return isOurs;
  });
  const isReady = ({ seat }: PlannedSeat) =>
    !running.some((each) => each.seat === seat) || stopped.get(seat) === true;
  return new Set(seats.filter(isReady).map(({ seat }) => seat));
}

/** Has the program on a node remove machines; what it says of each counts, also where it comes to no end. */
async function runBatch(
  removal: Removal,
  node: string,
  seats: readonly PlannedSeat[],
  heard: Map<string, NodeAnswer>,
): Promise<void> {
  const { run } = removal;
  const orders = [
    ...storageOrders(run.mark, run.inputs.base.storage),
    ...poolOrders(run),
    ...seats.map(({ seat, vmid }): NodeOrder => ["remove", seat, vmid, markLineInFile(run.mark, seat)]),
  ];
  for (const { seat } of seats) report(removal, node, seat, "begun");
  const removeAll = () =>
    runOrders(run.cluster, node, orders, (answer) => {
      const { key, word } = answer;
      heard.set(key, answer);
      if (word !== "left") report(removal, node, key, word === "ok" ? "done" : "failed");
    });
  const answers = await step(run, `remove on ${node}`, () => removeAll().catch(unlessBroken(run, removeAll)));
  for (const [key, answer] of answers) heard.set(key, answer);
}

/**
 * A connection that broke before anything was answered may have left removals that have begun, which Proxmox would refuse.
 * A second program finishes them: it waits until the first has ended.
 */
function unlessBroken<Answer>(
  run: ClassRun,
  again: () => Promise<Answer>,
): (error: unknown) => Promise<Answer> {
  return async (error) => {
    if (CoppiceError.of(error).code !== "ssh.interrupted" || isCancelled(run)) throw error;
    return await again();
  };
}

/** Without the right to take them out of their pool, its members are left to Proxmox, which needs none for that. */
function poolOrders({ inputs, permissions }: ClassRun): NodeOrder[] {
  const { pool } = inputs;
  if (pool === undefined || !isHeld(permissions, { privilege: "Pool.Allocate", path: `/pool/${pool}` }))
    return [];
  return [["pool", pool]];
}

/** Without quorum `/etc/pve` refuses the first change of a removal (docs/proxmox-facts.md#without-quorum). */
function refusal(node: string, answer: NodeAnswer | undefined): CoppiceError {
  const error = notDone(node, answer);
  if (!/Permission denied|Read-only file system/.test(answer?.detail ?? "")) return error;
  return new PveError("pve.no-quorum", { what: error.what, why: error.why, cause: error });
}

function report({ run, tally }: Removal, node: string, seat: string, phase: Progress["phase"]): void {
  reportSeat(run.context, { verb: "remove", phase, seat, node, tally });
}

function warnOfApi(run: ClassRun, node: string, error: CoppiceError): void {
  run.context.warn(
    `Machines of class '${run.inputs.class}' could not be removed on ${node} itself: ${error.message}. ` +
      "Proxmox's API removes them instead.",
  );
}
