import type { OverlayPoolInputs, OverlayPoolState } from "../kinds/generated/inputs.ts";
import { seatTotal } from "../kinds/rules/count-rules.ts";
import type { SeatsContents } from "./class-demand.ts";

type Described = Pick<OverlayPoolInputs, "base" | "hardware" | "dataDisk" | "count" | "roster">;

/** The seats that a pool is to have. */
export function wantedSeatsOf({ base, hardware, dataDisk, count, roster }: Described): SeatsContents {
  return {
    base,
    ...(hardware !== undefined && { hardware }),
    ...(dataDisk !== undefined && { dataDisk }),
    seats: seatTotal({ ...(count !== undefined && { count }), ...(roster !== undefined && { roster }) }),
  };
}

/**
 * The seats that a pool has, of which only those count whose machines are there. All are taken to be like those on the
 * recorded generation, which is what a run brings them to.
 *
 * @param isThere whether a machine exists; a recorded seat may have lost it, or never have got one.
 */
export function recordedSeatsOf(
  state: OverlayPoolState,
  isThere: (vmid: number) => boolean = () => true,
): SeatsContents {
  const there = Object.entries(state.seats).filter(([, { vmid }]) => isThere(vmid));
  const kept = there.filter(([seat]) => state.exceptions?.[seat]?.former !== undefined);
  return { ...wantedSeatsOf(state), seats: there.length, kept: kept.length };
}
