import { expect, test } from "vitest";
import { unfinishedSeats } from "./unfinished-seats.ts";

const place = { vmid: 20_001, node: "pve1" };

test.each([
  ["all of a class that a run was stopped in before it made one", { seats: 12 }, {}, 12],
  ["those that are not there, the teacher's too", { seats: 2, teacher: true }, { "seat-01": place }, 2],
  ["those that a run noted", { seats: 1 }, { "seat-01": { ...place, unfinished: "no space" } }, 1],
  ["those of a roster", { roster: ["ada", "grace"] }, { ada: place }, 1],
  ["none where more is there than told", { seats: 1 }, { "seat-01": place, "seat-02": place }, 0],
  ["none of what has no seats", { poolid: "lab" }, {}, 0],
])("unfinished are %s", (_, inputs, seats, count) => {
  expect(unfinishedSeats({ inputs, seats })).toBe(count);
});
