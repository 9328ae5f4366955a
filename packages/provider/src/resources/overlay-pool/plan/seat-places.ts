import { isDeepStrictEqual } from "node:util";
import type { OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { wantedNames } from "./recorded-seats.ts";

/**
 * Where each wanted seat stands in the row of fixed addresses: in the order of the seats, as long as nobody has left. A
 * seat that is there keeps its place whoever comes or goes, since its address must not change under it and no other seat
 * may get it; a new one takes the first place that is free.
 */
export function seatPlaces(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
): ReadonlyMap<string, number> {
  const kept = keptPlaces(inputs, state);
  const taken = new Set(kept.values());
  const places = new Map<string, number>();
  let free = 0;
  for (const seat of wantedNames(inputs)) {
    while (!kept.has(seat) && taken.has(free)) free += 1;
    places.set(seat, kept.get(seat) ?? free++);
  }
  return places;
}

/** Places in another row are nobody's yet. */
function keptPlaces(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
): ReadonlyMap<string, number> {
  const address = inputs.cloudInit?.address;
  if (state === undefined || address === undefined) return new Map();
  if (!isDeepStrictEqual(address, state.cloudInit?.address)) return new Map();
  const wanted = new Set(wantedNames(inputs));
  const recorded = wantedNames(state).map(
    (seat, index) => [seat, state.exceptions?.[seat]?.place ?? index] as const,
  );
  return new Map(recorded.filter(([seat]) => wanted.has(seat) && state.seats[seat] !== undefined));
}
