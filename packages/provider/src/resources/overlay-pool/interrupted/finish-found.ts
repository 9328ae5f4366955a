import { isSeat, markTag, parseConfigLine, parseNotes, step, whenUnlocked } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type GuestConfig, inspectVmid, powerGuest, readGuestConfig, removeLeftover } from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";
import { eachSeat } from "../class-run/each-seat.ts";
import { recordSeat } from "../class-run/record-seat.ts";
import { originOrder } from "../disks/disk-order.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { copyOn } from "../seat/copy-on.ts";
import { seatDisks } from "../seat/seat-disks.ts";
import { seatMachine } from "../seat/seat-machine.ts";
import { seatWish } from "../seat/seat-wish.ts";
import { removeUnrecorded } from "./remove-unrecorded.ts";

/**
 * Looks at machines that an interrupted run made and that the state does not know. A whole one is recorded as the
 * seat it is; one that is not whole is removed. Answers the seats that are to be made anew.
 */
export async function finishFound(run: ClassRun, seats: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  const anew: PlannedSeat[] = [];
  await eachSeat(run, seats, "inspect", async (seat) => {
    if (await recordWhole(run, seat)) return;
    await step(run, `remove found ${seat.seat}`, () => removeFound(run, seat));
    anew.push(seat);
  });
  return anew;
}

async function recordWhole(run: ClassRun, seat: PlannedSeat): Promise<boolean> {
  const place = { node: seat.node, vmid: seat.vmid };
  if ((await inspectVmid(run.cluster.client, place)) !== "guest") return false;
  const config = await readGuestConfig(run.cluster.client, place);
  if (!isWhole(run, seat, config)) return false;
  const wish = seatWish(run, seat, new Set());
  const machine = seatMachine(run.inputs.base, copyOn(run.inputs.base, seat.node), wish);
  recordSeat(run, seat, { ...machine.parameters, ...config.values });
  return true;
}

/** Whole: ours, not locked, tagged (a linked clone's last step), and on disks that stand on the class's generation. */
function isWhole(run: ClassRun, seat: PlannedSeat, config: GuestConfig): boolean {
  const isTagged = config.tags.includes(markTag(run.mark));
  if (!isSeat(run, seat.seat, config) || config.lock !== undefined || !isTagged) return false;
  return run.madeBy === "linked" ? isClonedFromBase(run, seat, config) : standsOnBase(run, seat, config);
}

function standsOnBase(run: ClassRun, { node, vmid }: PlannedSeat, { values }: GuestConfig): boolean {
  const disks = seatDisks(run.inputs.base, copyOn(run.inputs.base, node), vmid);
  return disks.every(({ slot, volume }) => parseConfigLine(values[slot] ?? "").first === volume);
}

/** Proxmox numbers the disks of its clones by itself, and on block storages their names do not tell the base. */
function isClonedFromBase(run: ClassRun, { vmid }: PlannedSeat, config: GuestConfig): boolean {
  const isOwn = (slot: string) =>
    parseConfigLine(config.values[slot] ?? "")
      .first.split(/[:/]/)
      .at(-1)
      ?.startsWith(`vm-${vmid}-`) === true;
  return (
    parseNotes(config.description).order === originOrder(run) &&
    run.inputs.base.disks.every(({ slot }) => isOwn(slot))
  );
}

async function removeFound(run: ClassRun, { seat, node, vmid }: PlannedSeat): Promise<void> {
  const { client } = run.cluster;
  const place = { node, vmid };
  const state = await inspectVmid(client, place);
  if (state === "free" || state === "hidden") return;
  if (state === "leftover") return await removeLeftover(client, place);
  const config = await readGuestConfig(client, place);
  if (!isSeat(run, seat, config))
    throw new CoppiceError("pool.foreign-guest", {
      what: `Guest ${vmid} on ${node} does not carry the mark of seat '${seat}', and is left alone`,
    });
  if (config.lock === undefined) await whenUnlocked(run, place, () => powerGuest(client, place, "stop"));
  await removeUnrecorded(run, seat, place, config);
}
