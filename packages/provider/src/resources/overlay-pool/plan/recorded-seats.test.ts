import type { OverlayPoolState, SeatException } from "@coppice/core";
import { expect, test } from "vitest";
import { recordedSeats } from "./recorded-seats.ts";

/** What a state with this about its one seat says of it. */
function recorded(exception: SeatException) {
  const place = { vmid: 20_000, node: "pve1", mac: "" };
  const state = { seats: { ada: place }, exceptions: { ada: exception }, generation: 1 };
  return recordedSeats(state as unknown as OverlayPoolState)["ada"]; // nothing else of a state is read
}

test("a seat that was not finished is, by a state of this version, of one before, or by drift", () => {
  const unfinished = { vmid: 20_000, generation: 1, unfinished: true };
  expect(recorded({ unfinished: { code: "pool.space", reason: "No room" } })).toEqual(unfinished);
  expect(recorded({ unfinished: "No room" })).toEqual(unfinished);
  expect(recorded({ drift: "has 8 cores instead of 2" })).toEqual({
    vmid: 20_000,
    generation: 1,
    drifted: true,
  });
});

test("a seat with no more than a generation of its own is finished", () => {
  expect(recorded({ generation: 2, reset: "monday" })).toEqual({
    vmid: 20_000,
    generation: 2,
    reset: "monday",
  });
});
