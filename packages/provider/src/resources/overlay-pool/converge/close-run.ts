import type { Failure } from "@coppice/clusters";
import type { OverlayPoolState, SeatException, SeatPlace } from "@coppice/core";
import type { Outcome } from "../../../kit/resource-handler.ts";
import type { ClassRun } from "../class-run/class-run.ts";
import { recordedInputs } from "../inputs/recorded-inputs.ts";
import { wantedNames } from "../plan/recorded-seats.ts";
import { describeUnfinished } from "./describe-unfinished.ts";

/**
 * What a run leaves in the state. The generation that most seats stand on is said once; only seats that differ,
 * or about which something is to be remembered, have an entry of their own.
 */
export function closeRun(run: ClassRun): Outcome<OverlayPoolState> {
  const generation = run.inputs.base.number;
  const places = oddPlaces(run);
  const entries = [...run.seats.keys()].flatMap((seat) => {
    const noted = { ...run.exceptions.get(seat), place: places.get(seat) };
    const exception = compact(noted, generation, run.unfinished.get(seat));
    return exception === undefined ? [] : [[seat, exception] as const];
  });
  const state: OverlayPoolState = {
    ...recordedInputs(run.inputs),
    ...formerPool(run),
    seats: inOrder(run),
    generation,
    madeBy: run.madeBy,
    ...(entries.length > 0 && { exceptions: Object.fromEntries(entries) }),
  };
  const unfinished = describeUnfinished(run);
  return unfinished.length > 0 ? { state, unfinished } : { state };
}

/** A Proxmox pool that the class names no more is known until a run has ended well: seats may still be in it. */
function formerPool({ inputs, recorded, unfinished }: ClassRun): Pick<OverlayPoolState, "pool"> {
  const { pool } = recorded ?? {};
  return inputs.pool === undefined && pool !== undefined && unfinished.size > 0 ? { pool } : {};
}

/** In the order of the roster, whichever machine was done first. */
function inOrder(run: ClassRun): Record<string, SeatPlace> {
  const seats = run.plan.seats.flatMap(({ seat }) => {
    const place = run.seats.get(seat);
    return place === undefined ? [] : [[seat, place] as const];
  });
  return Object.fromEntries(seats);
}

/** Places in the row of fixed addresses that the order of the seats does not tell: also of those that could not leave. */
function oddPlaces({ inputs, plan }: ClassRun): ReadonlyMap<string, number> {
  if (inputs.cloudInit?.address === undefined) return new Map();
  const order = new Map(wantedNames(inputs).map((seat, index) => [seat, index]));
  const odd = plan.seats.filter(({ seat, place }) => place >= 0 && order.get(seat) !== place);
  return new Map(odd.map(({ seat, place }) => [seat, place]));
}

function compact(
  exception: Omit<SeatException, "place"> & { readonly place: number | undefined },
  generation: number,
  failure: Failure | undefined,
): SeatException | undefined {
  const { generation: own, unfinished: _, place, ...rest } = exception;
  const result: SeatException = {
    ...rest,
    ...(place !== undefined && { place }),
    ...(own !== undefined && own !== generation && { generation: own }),
    ...(failure !== undefined && { unfinished: { code: failure.code, reason: shorten(failure.reason) } }),
  };
  return Object.keys(result).length > 0 ? result : undefined;
}

/** The run's message has the whole reason; the state may hold it a thousand times. */
function shorten(reason: string): string {
  return reason.length <= LONGEST_REASON ? reason : `${reason.slice(0, LONGEST_REASON - 1)}…`;
}

const LONGEST_REASON = 80;
