import {
  deleteGuest,
  type GuestConfig,
  inspectVmid,
  powerGuest,
  readGuestConfig,
  removeLeftover,
} from "@coppice/pve";
import { runSteps } from "../../resource/run-steps.ts";
import type { PlannedSeat } from "../plan/plan-pool.ts";
import { pick } from "../run/pick.ts";
import { fail, type PoolRun, step } from "../run/pool-run.ts";
import { parseConfigLine } from "../seat/drive.ts";
import { seatDisks } from "../seat/seat-disks.ts";
import { seatMachine } from "../seat/seat-machine.ts";
import { seatWish } from "../seat/seat-wish.ts";
import { recordSeat } from "./create-machines.ts";
import { isSeat } from "./create-seat.ts";
import { copyOn } from "./make-disks.ts";

/**
 * Looks at machines that an interrupted run made and that the state does not know. A whole one is recorded as the
 * seat it is; one that is not whole is removed. Answers the seats that are to be made anew.
 */
export async function finishFound(run: PoolRun, seats: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  const bySeat = new Map(seats.map((seat) => [seat.seat, seat]));
  const anew: PlannedSeat[] = [];
  const { unfinished } = await runSteps(
    [...bySeat.keys()],
    run.context,
    async (name) => {
      const seat = pick(bySeat, name);
      if (!(await recordWhole(run, seat))) {
        await step(run, `remove found ${name}`, () => removeFound(run, seat));
        anew.push(seat);
      }
    },
    { verb: "looking at interrupted work on", inFlight: 4 },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  return anew;
}

async function recordWhole(run: PoolRun, seat: PlannedSeat): Promise<boolean> {
  const place = { node: seat.node, vmid: seat.vmid };
  if ((await inspectVmid(run.cluster.client, place)) !== "guest") return false;
  const config = await readGuestConfig(run.cluster.client, place);
  if (!isWhole(run, seat, config)) return false;
  const wish = seatWish(run, seat, new Set());
  const machine = seatMachine(run.inputs.base, copyOn(run.inputs.base, seat.node), wish);
  recordSeat(run, seat, { ...machine, parameters: { ...machine.parameters, ...config.values } });
  return true;
}

/** Whole: ours, not locked, tagged (a linked clone's last step), and on disks that stand on the pool's generation. */
function isWhole(run: PoolRun, { seat, node, vmid }: PlannedSeat, config: GuestConfig): boolean {
  if (!isSeat(run, seat, config) || config.lock !== undefined || !config.tags.includes("coppice"))
    return false;
  const disks = seatDisks(run.inputs.base, copyOn(run.inputs.base, node), vmid);
  return disks.every(({ slot, file, volume }) => {
    const present = parseConfigLine(config.values[slot] ?? "").first;
    // Proxmox numbers the disks of its own clones by itself.
    const prefix = run.madeBy === "linked" ? volume.slice(0, -file.length) : volume;
    return present.startsWith(prefix);
  });
}

async function removeFound(run: PoolRun, { seat, node, vmid }: PlannedSeat): Promise<void> {
  const { client } = run.cluster;
  const place = { node, vmid };
  const state = await inspectVmid(client, place);
  if (state === "free") return;
  if (state === "leftover") return await removeLeftover(client, place);
  if (!isSeat(run, seat, await readGuestConfig(client, place)))
    throw new Error(`guest ${vmid} does not carry this seat's mark; it is left alone`);
  await powerGuest(client, place, "stop");
  await deleteGuest(client, place, { unreferencedDisks: true });
}
