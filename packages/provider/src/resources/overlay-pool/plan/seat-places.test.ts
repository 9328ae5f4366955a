import type { OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seatPlaces } from "./seat-places.ts";

const address = { first: "10.0.0.10/24" };
const base = { number: 1, storage: "nas", shared: true, owned: false, copies: {}, disks: [], config: {} };
const inputs = (roster: readonly string[], cloudInit: OverlayPoolInputs["cloudInit"] = { address }) =>
  ({
    cluster: "main",
    class: "lab",
    base,
    roster,
    vmids: { from: 20_000, to: 20_099 },
    start: "never",
    startBatch: 4,
    method: "overlay",
    empty: false,
    overcommit: false,
    ...(cloudInit && { cloudInit }),
  }) satisfies OverlayPoolInputs;

/** What a run over a roster records, when all went well. */
function recorded(wanted: OverlayPoolInputs, places: ReadonlyMap<string, number>): OverlayPoolState {
  const names = wanted.roster ?? [];
  const seats = names.map((seat, index) => [seat, { vmid: 20_000 + index, node: "pve1", mac: "" }] as const);
  const odd = names.flatMap((seat, index) => {
    const place = places.get(seat) ?? -1;
    return place === index ? [] : [[seat, { place }] as const];
  });
  const exceptions = Object.fromEntries(odd);
  return { ...wanted, seats: Object.fromEntries(seats), exceptions, generation: 1, madeBy: "overlay" };
}

const rosters = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 6 });

test("no seat's address changes under it and none has another's, however the roster is edited", () => {
  fc.assert(
    fc.property(fc.array(rosters, { minLength: 2, maxLength: 6 }), (edits) => {
      let state: OverlayPoolState | undefined;
      for (const roster of edits) {
        const wanted = inputs(roster);
        const places = seatPlaces(wanted, state);
        expect(new Set(places.values()).size).toBe(roster.length);
        for (const seat of roster) {
          const index = state?.roster?.indexOf(seat) ?? -1;
          if (index >= 0) expect(places.get(seat)).toBe(state?.exceptions?.[seat]?.place ?? index);
        }
        state = recorded(wanted, places);
      }
    }),
  );
});

test("a row never grows longer than the largest class that stood in it", () => {
  const first = inputs(["a", "b", "c"]);
  const left = inputs(["c"]);
  const after = recorded(left, seatPlaces(left, recorded(first, seatPlaces(first, undefined))));
  expect([...seatPlaces(inputs(["c", "d", "e"]), after)]).toEqual([
    ["c", 2],
    ["d", 0],
    ["e", 1],
  ]);
});

test("a seat that an earlier run could not remove keeps its place, for itself alone", () => {
  const [all, left] = [inputs(["a", "b", "c"]), inputs(["a", "c"])];
  const state = recorded(left, seatPlaces(left, recorded(all, seatPlaces(all, undefined))));
  const there = { vmid: 20_009, node: "pve1", mac: "" };
  const lingering = {
    ...state,
    seats: { ...state.seats, b: there },
    exceptions: { ...state.exceptions, b: { place: 1 } },
  };
  expect(seatPlaces(inputs(["a", "c", "d"]), lingering).get("d")).toBe(3);
  expect(seatPlaces(inputs(["a", "c", "d", "b"]), lingering).get("b")).toBe(1);
});

test("other addresses are given out anew, and without any the order counts", () => {
  const state = recorded(inputs(["b"]), new Map([["b", 4]]));
  const other = { address: { first: "10.0.1.10/24" } };
  expect(seatPlaces(inputs(["a", "b"], other), state).get("b")).toBe(1);
  expect(seatPlaces(inputs(["a", "b"], { user: "student" }), state).get("b")).toBe(1);
});
