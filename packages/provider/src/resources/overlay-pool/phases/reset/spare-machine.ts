import { closingStep, seatDescription, spareGuestName, spareName, step } from "@coppice/clusters";
import { type GuestPlace, PveError, readGuestConfig } from "@coppice/pve";
import type { ClassRun } from "../../class-run/class-run.ts";
import { removeUnrecorded } from "../../interrupted/remove-unrecorded.ts";
import { cloneGeneration } from "../../machines/linked-clone.ts";
import { noSpareNumber, takeVmid } from "../../machines/take-vmid.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";

/** Somebody who takes every number that we are about to take is no race any more. */
const MOST_ROUNDS = 10;

/**
 * Makes a machine whose disks a seat will get: a linked clone of the class's generation beside it, under a free number
 * of the range. Its notes carry our mark, so that the next run removes one that was left.
 */
export async function makeSpare(run: ClassRun, { seat, node }: PlannedSeat): Promise<GuestPlace> {
  const name = spareName(seat);
  for (let round = 1; ; round += 1) {
    const vmid = round <= MOST_ROUNDS ? await takeVmid(run, () => run.vmids.takeSpare()) : undefined;
    if (vmid === undefined) throw noSpareNumber(run);
    const clone = {
      node,
      vmid,
      seat: name,
      name: spareGuestName(run.inputs.class),
      description: seatDescription(run.context.urn, run.mark, name),
    };
    try {
      await step(run, `clone ${name}`, () => cloneGeneration(run, clone));
      return { node, vmid };
    } catch (error) {
      // Somebody else was faster: that number is not ours.
      if (!PveError.is(error, "pve.already-exists")) throw error;
    }
  }
}

/** Takes the spare machine away again, with what is left of its disks; its number may be used once more. */
export async function removeSpare(run: ClassRun, seat: string, spare: GuestPlace): Promise<void> {
  const name = spareName(seat);
  await closingStep(run, `remove ${name}`, async () =>
    removeUnrecorded(run, name, spare, await readGuestConfig(run.cluster.client, spare)),
  );
  run.vmids.vacate(spare.vmid);
}
