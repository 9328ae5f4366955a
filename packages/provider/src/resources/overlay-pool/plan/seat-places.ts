import { isDeepStrictEqual } from "node:util";
import type { OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { wantedNames } from "./recorded-seats.ts";

type Places = ReadonlyMap<string, number>;

/**
 * Where each wanted seat stands in the row of fixed addresses: in the order of the seats, as long as nobody has left. A
 * seat that is there keeps its place whoever comes or goes, since its address must not change under it and no other seat
 * may get it; a new one takes the first place that is free. Those of seats that leave in this run are, since they go
 * first; that of one which an earlier run could not remove is not.
 */
export function seatPlaces(inputs: OverlayPoolInputs, state: OverlayPoolState | undefined): Places {
  const held = heldPlaces(inputs, state);
  const wanted = new Set(wantedNames(inputs));
  const left = new Set(state === undefined ? [] : wantedNames(state));
  const taken = new Set(
    [...held].flatMap(([seat, place]) => (wanted.has(seat) || !left.has(seat) ? [place] : [])),
  );
  const places = new Map<string, number>();
  let free = 0;
  for (const seat of wanted) {
    while (!held.has(seat) && taken.has(free)) free += 1;
    places.set(seat, held.get(seat) ?? free++);
  }
  return places;
}

/** The places of the seats that are there, those included that are to leave. Places in another row are nobody's yet. */
export function heldPlaces(inputs: OverlayPoolInputs, state: OverlayPoolState | undefined): Places {
  const address = inputs.cloudInit?.address;
  if (state === undefined || address === undefined) return new Map();
  if (!isDeepStrictEqual(address, state.cloudInit?.address)) return new Map();
  const order = new Map(wantedNames(state).map((seat, index) => [seat, index]));
  const places = Object.keys(state.seats).flatMap((seat) => {
    const place = state.exceptions?.[seat]?.place ?? order.get(seat);
    return place === undefined ? [] : [[seat, place] as const];
  });
  return new Map(places);
}
