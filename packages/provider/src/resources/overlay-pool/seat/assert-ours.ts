import { markLine } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import type { GuestConfig } from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { judgeRecorded } from "./judge-recorded.ts";

/**
 * A machine that nothing proves ours is not changed, nor is another made in its place.
 *
 * @throws CoppiceError `pool.foreign-guest`
 */
export function assertOurs(run: ClassRun, { seat, node, vmid }: PlannedSeat, config: GuestConfig): void {
  const { inputs, mark } = run;
  const sign = judgeRecorded({ inputs, mark, seat, recorded: run.seats.get(seat) }, config);
  if (sign === "marked" || sign === "unmarked") return;
  throw new CoppiceError("pool.foreign-guest", {
    what: `Guest ${vmid} on ${node} is recorded as seat '${seat}' and is left alone`,
    why: "its notes lack the class's mark, and tag and MAC do not both show whose it is",
    wayOut: `If it is the seat's, put the line '${markLine(mark, seat)}' back into its notes; if not, remove the machine, or leave the seat out of the class`,
  });
}
