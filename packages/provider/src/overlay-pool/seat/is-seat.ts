import type { GuestConfig } from "@coppice/pve";
import type { PoolRun } from "../run/pool-run.ts";
import { seatMark } from "./seat-wish.ts";

/** Whether a configuration carries the mark of this seat. */
export function isSeat(run: Pick<PoolRun, "mark">, seat: string, config: GuestConfig): boolean {
  return (config.description ?? "").split("\n").includes(seatMark(run.mark, seat));
}
