import { randomUUID } from "node:crypto";
import { type NodeAnswers, type NodeOrder, runOrders, storageOrders } from "@coppice/clusters";
import { ensureQuorum, listGuests, PveError } from "@coppice/pve";
import { type ClassRun, fail, pick, step } from "../../class-run/class-run.ts";
import { recordSeat } from "../../class-run/record-seat.ts";
import type { PlannedSeat } from "../../plan/plan-class.ts";
import { createByApi, type Machine, type Machines } from "./create-machines.ts";

/** What of a machine is its own; every other value is the same in a class. */
const OWN_KEYS = /^(?:name|smbios1|net\d+|ipconfig\d+)$/;

/**
 * Makes machines by copying, on each node, the configuration that Proxmox wrote for the first of them: 3.6 ms a
 * machine instead of about 85 by API (docs/proxmox-facts.md#written-configurations). Answers those whose number
 * somebody else took meanwhile.
 */
export async function bulkSeats(run: ClassRun, machines: Machines): Promise<PlannedSeat[]> {
  const nodes = Map.groupBy(machines.values(), ({ seat }) => seat.node);
  const takenMeanwhile = await Promise.all(
    [...nodes].map(([node, entries]) =>
      bulkOnNode(
        run,
        node,
        entries.map(({ seat }) => seat.seat),
        machines,
      ),
    ),
  );
  return takenMeanwhile.flat();
}

async function bulkOnNode(
  run: ClassRun,
  node: string,
  names: readonly string[],
  machines: Machines,
): Promise<PlannedSeat[]> {
  const [first, ...others] = names;
  if (first === undefined) return [];
  const takenMeanwhile = await createByApi(run, new Map([[first, pick(machines, first)]]));
  if (others.length === 0) return takenMeanwhile;
  if (!run.seats.has(first)) {
    for (const name of others)
      fail(run, name, new Error(`'${first}', whose configuration is copied, was not made`));
    return takenMeanwhile;
  }
  try {
    return [...takenMeanwhile, ...(await copyConfigs(run, node, first, others, machines))];
  } catch (error) {
    for (const name of others) if (!run.seats.has(name)) fail(run, name, error);
    return takenMeanwhile;
  }
}

async function copyConfigs(
  run: ClassRun,
  node: string,
  first: string,
  names: readonly string[],
  machines: Machines,
): Promise<PlannedSeat[]> {
  const { seat: from } = pick(machines, first);
  const copies = names.map((name) => copyOrder(from, pick(machines, name)));
  const settled = [from, ...names.map((name) => pick(machines, name).seat)];
  const orders = [
    ...storageOrders(run.mark, run.inputs.base.storage),
    ...copies,
    ...settled.map(({ seat, vmid }): NodeOrder => ["settle", `${seat}/settled`, vmid]),
  ];
  run.context.report(`writing ${names.length} configurations on ${node}`);
  const answers = await step(run, `bulk ${node}`, async () => {
    await assertWritable(run, from);
    return await runOrders(run.cluster, node, orders);
  });
  const shown = await listGuests(run.cluster.client, node);
  const listed = new Map(shown.map((guest) => [guest.vmid, guest.name]));
  return names
    .filter((name) => judge(run, pick(machines, name), answers, listed))
    .map((name) => pick(machines, name).seat);
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
  run: ClassRun,
  { seat, machine }: Machine,
  answers: NodeAnswers,
  listed: ReadonlyMap<number, string | undefined>,
): boolean {
  const answer = answers.get(seat.seat);
  if (answer?.word === "taken") return true;
  if (answer?.word !== "ok") fail(run, seat.seat, new Error(answer?.detail ?? "the node gave no answer"));
  else if (listed.get(seat.vmid) !== machine.parameters["name"])
    fail(run, seat.seat, new Error(`Proxmox does not show ${seat.vmid} as written`));
  else {
    run.context.report(`wrote ${seat.seat} as ${seat.vmid} on ${seat.node}`);
    recordSeat(run, seat, machine.parameters);
  }
  return false;
}

function copyOrder(from: PlannedSeat, { seat, machine }: Machine): NodeOrder {
  const own = Object.entries(machine.parameters).filter(([key]) => OWN_KEYS.test(key));
  const values = [...own.flat(), "vmgenid", randomUUID()];
  return ["copy", seat.seat, seat.node, from.vmid, from.seat, seat.vmid, seat.seat, ...values];
}
