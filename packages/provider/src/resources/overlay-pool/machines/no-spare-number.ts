import { CoppiceError } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";

/** Without a number of its own no machine can bring the disks. */
export function noSpareNumber({ inputs }: Pick<ClassRun, "inputs">): CoppiceError {
  const { from, to } = inputs.vmids;
  return new CoppiceError("pool.range-too-small", {
    what: `Seats of class '${inputs.class}' cannot get fresh disks`,
    why: `Proxmox makes them with a machine beside the seat, which needs a number, and none of ${from}–${to} is free`,
    wayOut: "Widen 'vmids' by one number or more (up to four of them are used at once)",
  });
}
