import type { Tally } from "@coppice/clusters";
import type { ClassRun } from "../../class-run/class-run.ts";

/** Machines that leave a class, and how many of them are behind us. */
export interface Removal {
  readonly run: ClassRun;
  readonly tally: Tally;
}
