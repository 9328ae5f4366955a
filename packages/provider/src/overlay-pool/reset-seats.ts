import { readGuestConfig } from "@coppice/pve";
import { runSteps } from "../resource/run-steps.ts";
import { parseConfigLine } from "./drive.ts";
import { baseOrders, copyOn } from "./make-disks.ts";
import { pick } from "./make-seats.ts";
import type { NodeOrder } from "./node-program.ts";
import type { PlannedSeat } from "./plan-pool.ts";
import { byNode, fail, note, type PoolRun, step } from "./pool-run.ts";
import { type NodeAnswers, runOrders, storageOrders } from "./run-orders.ts";
import { changeDisks, freeFormer, noteFormer } from "./seat-disk-change.ts";
import { isCopied } from "./seat-disks.ts";
import { makeStopped } from "./seat-power.ts";
import { startSeats } from "./start-seats.ts";

/**
 * Gives machines fresh disks of the pool's generation: one batch of overlays a node, then one change of each
 * machine's configuration. Data disks stay, and the former disks are kept for undo.
 */
export async function resetSeats(run: PoolRun, seats: readonly PlannedSeat[]): Promise<void> {
  const untouched = await onlyUntouched(run, seats);
  const ready = await stopAll(run, untouched);
  const fresh = new Map<string, ReadonlyMap<string, string>>();
  await Promise.all(
    [...byNode(ready.map(({ seat }) => seat))].map(([node, group]) => renewOnNode(run, node, group, fresh)),
  );
  const bySeat = new Map(ready.map(({ seat }) => [seat.seat, seat]));
  const { finished, unfinished } = await runSteps(
    [...fresh.keys()],
    run.context,
    (name) => swap(run, pick(bySeat, name), pick(fresh, name)),
    { verb: "resetting", inFlight: 4 },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  await startSeats(
    run,
    ready.filter(({ seat, ran }) => ran && finished.has(seat.seat)).map(({ seat }) => seat),
  );
}

interface Ready {
  readonly seat: PlannedSeat;
  /** It ran, and runs again afterwards. */
  readonly ran: boolean;
}

/** The machines that are stopped now, or were made to. */
export async function stopAll(run: PoolRun, seats: readonly PlannedSeat[]): Promise<Ready[]> {
  const bySeat = new Map(seats.map((seat) => [seat.seat, seat]));
  const { finished, unfinished } = await runSteps(
    [...bySeat.keys()],
    run.context,
    (name) => makeStopped(run, pick(bySeat, name)),
    {
      verb: "stopping",
      inFlight: 4,
    },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  return [...finished].flatMap(([name, state]) =>
    state === "deferred" ? [] : [{ seat: pick(bySeat, name), ran: state === "was-running" }],
  );
}

/** Leaves out the seats that are to be reset only if untouched, and somebody wrote to them. */
async function onlyUntouched(run: PoolRun, seats: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  const asked = seats.filter(({ verb }) => verb === "reset-if-untouched");
  const touched = new Set<string>();
  for (const [node, group] of byNode(asked)) {
    const orders = await Promise.all(group.map((seat) => ownOrders(run, seat)));
    const answers = await runOrders(run.cluster, node, [
      ...storageOrders(run.mark, run.inputs.base.storage),
      ...orders.flat(),
    ]);
    for (const [key, { word, detail }] of answers) {
      const [seat = "", slot] = key.split("/");
      if (slot !== undefined && (word !== "ok" || detail !== "0")) touched.add(seat);
    }
  }
  for (const seat of touched) run.context.warn(`Seat '${seat}' keeps its disk: somebody wrote to it.`);
  return seats.filter(({ seat }) => !touched.has(seat));
}

async function ownOrders(run: PoolRun, { seat, node, vmid }: PlannedSeat): Promise<NodeOrder[]> {
  const { values } = await readGuestConfig(run.cluster.client, { node, vmid });
  return run.inputs.base.disks
    .filter(({ slot }) => !isCopied(slot) && values[slot] !== undefined)
    .map(({ slot }) => [
      "own",
      `${seat}/${slot}`,
      vmid,
      parseConfigLine(values[slot] ?? "")
        .first.split("/")
        .at(-1) ?? "",
    ]);
}

async function renewOnNode(
  run: PoolRun,
  node: string,
  seats: readonly PlannedSeat[],
  fresh: Map<string, ReadonlyMap<string, string>>,
): Promise<void> {
  try {
    const copy = copyOn(run.inputs.base, node);
    const slots = run.inputs.base.disks.map(({ slot }) => slot);
    const orders = seats.map(({ seat, vmid }): NodeOrder => ["renew", seat, vmid, ...slots]);
    const all = [
      ...storageOrders(run.mark, run.inputs.base.storage),
      ...baseOrders(run.inputs.base, copy),
      ...orders,
    ];
    const answers = await step(run, `renew ${node}`, () => runOrders(run.cluster, node, all));
    for (const seat of seats) take(run, seat, answers, fresh);
  } catch (error) {
    for (const { seat } of seats) fail(run, seat, error);
  }
}

function take(
  run: PoolRun,
  { seat, node, vmid }: PlannedSeat,
  answers: NodeAnswers,
  fresh: Map<string, ReadonlyMap<string, string>>,
): void {
  const answer = answers.get(seat);
  if (answer?.word !== "ok") {
    fail(run, seat, new Error(answer?.detail ?? "the node gave no answer for its disks"));
    return;
  }
  const files = answer.detail.split(" ").map((pair) => pair.split("="));
  fresh.set(
    seat,
    new Map(files.map(([slot = "", file = ""]) => [slot, volumeOf(run, node, slot, vmid, file)])),
  );
}

function volumeOf(run: PoolRun, node: string, slot: string, vmid: number, file: string): string {
  const { base } = run.inputs;
  const copy = copyOn(base, node);
  const prefix = isCopied(slot) ? "" : `${copy.vmid}/${copy.files[slot] ?? ""}/`;
  return `${base.storage}:${prefix}${vmid}/${file}`;
}

async function swap(
  run: PoolRun,
  { seat, node, vmid }: PlannedSeat,
  volumes: ReadonlyMap<string, string>,
): Promise<void> {
  const place = { node, vmid };
  const older = run.exceptions.get(seat)?.former;
  const before = await step(run, `reset ${seat}`, () => changeDisks(run, place, volumes));
  noteFormer(run, seat, before, volumes.keys());
  const order = run.inputs.reset?.[seat];
  note(run, seat, {
    generation: run.inputs.base.number,
    unfinished: undefined,
    ...(order !== undefined && { reset: order }),
  });
  await step(run, `free ${seat}`, () => freeFormer(run, place, older));
}
