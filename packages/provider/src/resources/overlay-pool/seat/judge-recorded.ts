import { judgeRecordedSeat } from "@coppice/clusters";
import type { OverlayPoolInputs, SeatPlace } from "@coppice/core";
import type { GuestConfig } from "@coppice/pve";
import { firstMac } from "../class-run/record-seat.ts";
import { hostName } from "../plan/plan-class.ts";

/** A seat whose machine is to be recognized: its class's name and mark, and what is recorded of it. */
export interface SeatToJudge {
  readonly inputs: Pick<OverlayPoolInputs, "class">;
  readonly mark: string;
  readonly seat: string;
  readonly recorded: SeatPlace | undefined;
}

/** Whether the guest at a seat's recorded number is that seat's machine, by all that tells it. */
export function judgeRecorded(
  { inputs, mark, seat, recorded }: SeatToJudge,
  config: GuestConfig,
): ReturnType<typeof judgeRecordedSeat> {
  const { description, tags, name, values } = config;
  const identity = { mark, seat, hostName: hostName(inputs, seat), mac: recorded?.mac ?? "" };
  return judgeRecordedSeat(identity, { description, tags, name, mac: firstMac(values) });
}
