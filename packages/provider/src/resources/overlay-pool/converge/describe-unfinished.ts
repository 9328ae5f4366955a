import { type Failure, seatOfSpare, type Unfinished } from "@coppice/clusters";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** A seat with which something did not go as wanted. */
export interface FailedSeat extends Failure {
  readonly seat: string;
  readonly vmid: number;
  readonly node: string;
  /** What was not done with it, for example `made`. */
  readonly not: string;
}

/**
 * Seats with their reasons, so that those of one node with one reason can be said together: in a reason that several
 * share, their own numbers give way to `…`.
 */
export function describeFailed(seats: readonly FailedSeat[]): Unfinished[] {
  const alike = Map.groupBy(seats, (seat) =>
    JSON.stringify([seat.node, seat.not, seat.code, generalReason(seat)]),
  );
  return [...alike.values()].flatMap((group) =>
    group.map((each): Unfinished => {
      const { seat, node, not, code, reason } = each;
      return {
        item: seat,
        kind: [`seat on ${node} was not ${not}`, `seats on ${node} were not ${not}`],
        code,
        reason: group.length === 1 ? reason : generalReason(each),
      };
    }),
  );
}

/** Requests name the machine that they are about: `GET /nodes/pve2/qemu/20001/config`. */
function generalReason({ reason, vmid }: FailedSeat): string {
  return reason.replaceAll(new RegExp(String.raw`(?<=/qemu/)${vmid}\b`, "g"), "…");
}

const NOT_DONE: Readonly<Record<PlannedSeat["verb"], string>> = {
  make: "made",
  finish: "finished",
  repair: "brought back to what is declared",
  reset: "reset",
  "reset-if-untouched": "reset",
  defer: "changed",
  undo: "given back its former disk",
  change: "changed",
  keep: "finished",
  remove: "removed",
};

/** What a run did not do: each seat with its reason, its node, and what should have been done with it. */
export function describeUnfinished(run: Pick<ClassRun, "plan" | "seats" | "unfinished">): Unfinished[] {
  return describeFailed(
    run.plan.seats.flatMap(({ seat, verb, vmid, node }) => {
      const failure = run.unfinished.get(seat);
      if (failure === undefined) return [];
      // Its machine exists; what followed, its start or its pool, did not go well.
      const not = verb === "make" && run.seats.has(seat) ? NOT_DONE.finish : NOT_DONE[verb];
      return [{ ...failure, seat: shownName(seat), vmid, node, not }];
    }),
  );
}

/** A machine that an interrupted reset left is no seat that anybody knows. */
function shownName(name: string): string {
  const seat = seatOfSpare(name);
  return seat === undefined ? name : `the spare machine of ${seat}`;
}
