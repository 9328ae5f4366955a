import { randomUUID } from "node:crypto";
import {
  type Failure,
  markLineInFile,
  type NodeAnswers,
  type NodeOrder,
  reportSeat,
  runOrders,
  step,
  storageOrders,
  type Tally,
} from "@coppice/clusters";
import { CoppiceError, type Progress } from "@coppice/core";
import { ensureQuorum, listGuests, PveError } from "@coppice/pve";
import { type ClassRun, fail } from "../../class-run/class-run.ts";
import { recordSeat } from "../../class-run/record-seat.ts";
import { notDone } from "../../disks/node-orders.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { createByApi, type NewSeat } from "./create-machines.ts";

/** What of a machine is its own; every other value is the same in a class. */
const OWN_KEYS = /^(?:name|smbios1|net\d+|ipconfig\d+)$/;

/**
 * Makes machines by copying, on each node, the configuration that Proxmox wrote for the first of them: 3.6 ms a
 * machine instead of about 85 by API (docs/proxmox-facts.md#written-configurations). Answers those whose number
 * somebody else took meanwhile.
 */
export async function bulkSeats(
  run: ClassRun,
  seats: readonly NewSeat[],
  tally: Tally,
): Promise<PlannedSeat[]> {
  const nodes = Map.groupBy(seats, ({ node }) => node);
  const takenMeanwhile = await Promise.all(
    [...nodes.values()].map((group) => bulkOnNode({ run, tally }, group)),
  );
  return takenMeanwhile.flat();
}

/** Machines in the making, and how many of them are behind us. */
interface Batch {
  readonly run: ClassRun;
  readonly tally: Tally;
}

async function bulkOnNode(batch: Batch, seats: readonly NewSeat[]): Promise<PlannedSeat[]> {
  const { run, tally } = batch;
  const [first, ...others] = seats;
  if (first === undefined) return [];
  const takenMeanwhile = await createByApi(run, [first], tally);
  // Somebody took its number: the next one is the first.
  if (takenMeanwhile.length > 0) return [...takenMeanwhile, ...(await bulkOnNode(batch, others))];
  const failure = run.unfinished.get(first.seat);
  if (failure !== undefined) {
    for (const seat of others) refuse(batch, seat, notCopied(first, failure));
    return [];
  }
  if (others.length === 0) return [];
  try {
    return await copyConfigs(batch, first, others);
  } catch (error) {
    for (const seat of others) if (!run.seats.has(seat.seat)) refuse(batch, seat, error);
    return [];
  }
}

function refuse(batch: Batch, seat: NewSeat, error: unknown): void {
  fail(batch.run, seat.seat, error);
  report(batch, seat, "failed");
}

function report({ run, tally }: Batch, { seat, node }: NewSeat, phase: Progress["phase"]): void {
  reportSeat(run.context, { verb: "create", phase, seat, node, tally });
}

/** What stopped the first of a node stops the others: they have its code. */
function notCopied({ seat }: NewSeat, { code, reason }: Failure): CoppiceError {
  const what = `'${seat}', whose configuration is copied, was not made`;
  return new CoppiceError(code, { what, why: reason });
}

async function copyConfigs(batch: Batch, first: NewSeat, others: readonly NewSeat[]): Promise<PlannedSeat[]> {
  const { run } = batch;
  const { node } = first;
  const orders = [
    ...storageOrders(run.mark, run.inputs.base.storage),
    ["settle", first.seat, first.vmid] as const,
    ...others.map((seat) => copyOrder(run.mark, first, seat)),
  ];
  for (const seat of others) report(batch, seat, "begun");
  const answers = await step(run, `bulk ${node}`, async () => {
    await assertWritable(run, first);
    return await runOrders(run.cluster, node, orders);
  });
  const settled = answers.get(first.seat);
  if (settled?.word !== "ok") fail(run, first.seat, notDone(node, settled));
  const shown = await listGuests(run.cluster.client, node);
  const listed = new Map(shown.map((guest) => [guest.vmid, guest.name]));
  return others.filter((seat) => judge(batch, seat, answers, listed));
}

/** Without quorum /etc/pve takes no file (pmxcfs): nothing is tried, and the markers stay for the next run. */
async function assertWritable({ cluster, inputs }: ClassRun, first: PlannedSeat): Promise<void> {
  try {
    await ensureQuorum(cluster.client, first);
  } catch (cause) {
    if (!PveError.is(cause, "pve.no-quorum")) throw cause;
    throw new PveError("pve.no-quorum", {
      what: `No configuration was written for class '${inputs.class}'`,
      why: "the cluster is not quorate",
      wayOut: "Bring enough nodes of the cluster back first",
      cause,
    });
  }
}

/** Records a seat that was written and that Proxmox shows. True: somebody else took its number meanwhile. */
function judge(
  batch: Batch,
  seat: NewSeat,
  answers: NodeAnswers,
  listed: ReadonlyMap<number, string | undefined>,
): boolean {
  const { seat: name, vmid, node, machine } = seat;
  const answer = answers.get(name);
  if (answer?.word === "taken") return true;
  if (answer?.word !== "ok") refuse(batch, seat, notDone(node, answer));
  else if (listed.get(vmid) !== machine.parameters["name"]) refuse(batch, seat, notShown(seat));
  else {
    recordSeat(batch.run, seat, machine.parameters);
    report(batch, seat, "done");
  }
  return false;
}

function notShown({ vmid, node }: NewSeat): CoppiceError {
  return new CoppiceError("pool.not-shown", {
    what: `Proxmox does not show ${vmid} as it was written on ${node}`,
  });
}

function copyOrder(mark: string, from: NewSeat, { seat, vmid, machine }: NewSeat): NodeOrder {
  const own = Object.entries(machine.parameters).filter(([key]) => OWN_KEYS.test(key));
  const values = [...own.flat(), "vmgenid", randomUUID()];
  const lines = { from: markLineInFile(mark, from.seat), own: markLineInFile(mark, seat) };
  return ["copy", seat, from.vmid, lines.from, vmid, lines.own, ...values];
}
