import { describe, expect, test } from "vitest";
import { planSeats, type RecordedSeat, type WantedSeats } from "./plan-seats.ts";

const wanted = (more: Partial<WantedSeats>): WantedSeats => ({
  names: ["ada", "grace"],
  generation: 1,
  policy: "reset",
  ...more,
});
const both: Record<string, RecordedSeat> = {
  ada: { vmid: 20000, generation: 1 },
  grace: { vmid: 20001, generation: 1 },
};
const verbs = (want: WantedSeats, have: Record<string, RecordedSeat>) =>
  planSeats(want, have).map(({ seat, verb }) => `${seat} ${verb}`);

describe("planSeats", () => {
  test("makes every seat of a new class, in the roster's order", () => {
    expect(verbs(wanted({}), {})).toEqual(["ada make", "grace make"]);
  });

  test("does nothing to seats that are as wanted", () => {
    expect(verbs(wanted({}), both)).toEqual(["ada keep", "grace keep"]);
  });

  test("touches exactly the seats that a roster edit names", () => {
    expect(verbs(wanted({ names: ["grace", "hedy"] }), both)).toEqual([
      "grace keep",
      "hedy make",
      "ada remove",
    ]);
  });

  test("removes the last seats first when a class shrinks", () => {
    expect(verbs(wanted({ names: [] }), both)).toEqual(["grace remove", "ada remove"]);
  });

  test("repairs what somebody else changed, and finishes what a failed run left before all", () => {
    const drifted = { vmid: 20000, generation: 1, drifted: true } as const;
    expect(verbs(wanted({}), { ...both, ada: drifted })).toEqual(["ada repair", "grace keep"]);
    expect(verbs(wanted({}), { ...both, ada: { ...drifted, unfinished: true } })[0]).toBe("ada finish");
  });

  test("finishes what a failed run left, even when nothing else changed", () => {
    expect(verbs(wanted({}), { ...both, ada: { vmid: 20000, generation: 1, unfinished: true } })).toEqual([
      "ada finish",
      "grace keep",
    ]);
  });

  test("applies each seat's own policy when a generation is published", () => {
    const publish = wanted({ generation: 2, policy: "reset", policyOf: { grace: "keep" } });
    expect(verbs(publish, both)).toEqual(["ada reset", "grace keep"]);
  });

  test("still changes the settings of a seat that keeps its generation", () => {
    const publish = wanted({ generation: 2, policy: "keep", settingsChanged: true });
    expect(verbs(publish, both)).toEqual(["ada change", "grace change"]);
  });

  test("carries out a reset order once", () => {
    const order = wanted({ reset: { ada: "monday" } });
    expect(verbs(order, both)).toEqual(["ada reset", "grace keep"]);
    expect(verbs(order, { ...both, ada: { vmid: 20000, generation: 1, reset: "monday" } })).toEqual([
      "ada keep",
      "grace keep",
    ]);
  });

  test("tells an order for a seat by name from a publication to all", () => {
    const plan = wanted({ generation: 2, reset: { ada: "monday" } });
    expect(planSeats(plan, both)).toEqual([
      { seat: "ada", verb: "reset", ordered: true },
      { seat: "grace", verb: "reset" },
    ]);
    const undoing = wanted({ generation: 1, undo: { grace: "oops" } });
    expect(planSeats(undoing, both)[1]).toEqual({ seat: "grace", verb: "undo", ordered: true });
  });

  test("lets an undo order win over a reset order that was already carried out", () => {
    const order = wanted({ reset: { ada: "monday" }, undo: { ada: "oops" } });
    expect(verbs(order, { ...both, ada: { vmid: 20000, generation: 1, reset: "monday" } })).toEqual([
      "ada undo",
      "grace keep",
    ]);
  });

  test("leaves a seat alone that declined the generation, until another one is published or a reset is ordered", () => {
    const declined = { ...both, ada: { vmid: 20000, generation: 1, declined: 2 } };
    const verb = (more: Partial<WantedSeats>) =>
      verbs(wanted({ policyOf: { grace: "keep" }, ...more }), declined)[0];
    expect(verb({ generation: 2 })).toBe("ada keep");
    expect(verb({ generation: 3 })).toBe("ada reset");
    expect(verb({ generation: 2, reset: { ada: "now" } })).toBe("ada reset");
  });

  test("brings settings over beside a reset, and repeats an unfinished reset as what it is", () => {
    expect(planSeats(wanted({ generation: 2, settingsChanged: true }), both)[0]).toEqual({
      seat: "ada",
      verb: "reset",
      settings: true,
    });
    const failed = { ...both, ada: { vmid: 20000, generation: 1, unfinished: true as const } };
    expect(verbs(wanted({ generation: 2 }), failed)[0]).toBe("ada reset");
  });
});
