import type { ObservedGuest } from "@coppice/clusters";
import type { NodeCapacity, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { describePlan } from "./describe-plan.ts";
import type { PlannedSeat } from "./planned-class.ts";

const inputs: OverlayPoolInputs = {
  cluster: "main",
  class: "networks-101",
  base: {
    number: 1,
    storage: "lab",
    shared: true,
    owned: false,
    copies: { pve1: { vmid: 9000, files: {} } },
    disks: [],
    config: {},
  },
  vmids: { from: 20_000, to: 20_099 },
  start: "never",
  startBatch: 4,
  method: "auto",
  empty: false,
  overcommit: false,
};

/** Seats numbered from `first`, in turn on three nodes. */
function seats(verb: PlannedSeat["verb"], first: number, count: number): PlannedSeat[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const seat = `seat-${String(number).padStart(2, "0")}`;
    return { seat, verb, vmid: 20_000 + number, node: `pve${(index % 3) + 1}`, place: number };
  });
}

interface Case {
  readonly inputs?: Partial<OverlayPoolInputs>;
  readonly recorded?: Partial<OverlayPoolState>;
  /** Numbers of machines that run. */
  readonly running?: readonly number[];
  /** Nodes that are offline. */
  readonly away?: readonly string[];
}

const offline = (node: string): NodeCapacity => ({
  node,
  state: "offline",
  memoryTotal: 1,
  memoryCommitted: 0,
  coresTotal: 1,
  coresCommitted: 0,
});

function words(
  planned: readonly PlannedSeat[],
  { inputs: more, recorded, running = [], away = [] }: Case = {},
) {
  const guests = running.map((vmid): [number, ObservedGuest] => [
    vmid,
    { vmid, node: "pve1", tags: [], running: true, template: false },
  ]);
  return describePlan({
    inputs: { ...inputs, ...more },
    recorded: recorded && { ...inputs, seats: {}, generation: 1, madeBy: "overlay", ...recorded },
    observed: { guests: new Map(guests), nodes: away.map(offline) },
    plan: { seats: planned, foreign: [] },
  });
}

describe("the words of a plan", () => {
  test("put a new class into one line: names, numbers, and how many on each node", () => {
    expect(words(seats("make", 1, 25))).toEqual({
      summary: "25 seats are made: seat-01–seat-25 as 20001–20025 on pve1 9, pve2 8, pve3 8",
      warnings: [],
      restart: undefined,
    });
    expect(words(seats("make", 7, 1)).summary).toBe("1 seat is made: seat-07 as 20007 on pve1");
  });

  test("warn of every removal by name, number and node, beside what is kept", () => {
    const { summary, warnings } = words([...seats("keep", 1, 20), ...seats("remove", 21, 2)]);
    expect(summary).toBe("20 seats are kept as they are");
    expect(warnings).toEqual([
      "2 seats are removed with all disks:\n  seat-21  20021  pve1\n  seat-22  20022  pve2",
    ]);
  });

  test("still name every seat of a removal too long for lines of its own", () => {
    const [warning] = words(seats("remove", 1, 99)).warnings;
    expect(warning).toBe(
      "99 seats are removed with all disks: seat-01–seat-99 as 20001–20099 on pve1 33, pve2 33, pve3 33",
    );
  });

  test("say each seat that is reset, undone, or left for a later generation", () => {
    const plan = [...seats("reset", 1, 2), ...seats("undo", 3, 1), ...seats("defer", 4, 1)];
    expect(words(plan).summary.split("\n")).toEqual([
      "2 seats are reset to a fresh disk; the present one is kept for undo:",
      "  seat-01  20001  pve1",
      "  seat-02  20002  pve2",
      "1 seat is given back the disk from before the last reset:",
      "  seat-03  20003  pve1",
      "1 seat is left on an earlier generation for now: seat-04 as 20004 on pve1",
    ]);
  });

  test("warn of running seats that a reset stops, and only of those", () => {
    const publish = { policy: "reset", running: "stop", undoFor: "0s" } as const;
    const { warnings } = words(seats("reset", 1, 2), { inputs: { publish }, running: [20_002] });
    expect(warnings).toEqual([
      "1 running seat is stopped for its change of disks and started again:\n  seat-02  20002  pve2",
    ]);
  });

  test.each([{ policy: "reset", running: "defer", undoFor: "0s" } as const, undefined])(
    "leave running seats alone in a publication with %j",
    (renewal) => {
      const publish = renewal && { publish: renewal };
      const { summary, warnings } = words(seats("reset", 1, 1), {
        inputs: { ...publish },
        running: [20_001],
      });
      expect(summary).toMatch(
        /^1 seat is left for a later run, since a running seat is not reset:\n {2}seat-01 /,
      );
      expect(warnings).toEqual([]);
    },
  );

  test("warn that a running seat is stopped for an order by name, whatever the class says of publications", () => {
    const publish = { policy: "reset", running: "defer", undoFor: "0s" } as const;
    const [ordered] = seats("undo", 1, 1).map((seat) => ({ ...seat, ordered: true as const }));
    const plan = [...(ordered ? [ordered] : []), ...seats("reset", 2, 1)];
    for (const inputs of [{ publish }, {}]) {
      const { summary, warnings } = words(plan, { inputs, running: [20_001, 20_002] });
      expect(warnings).toEqual([expect.stringMatching(/^1 running seat is stopped .*\n {2}seat-01 /)]);
      expect(summary).toMatch(/left for a later run.*\n {2}seat-02 /);
    }
  });

  test("say that running seats need a restart for other processors, memory or cloud-init, but not for tags", () => {
    const plan = seats("change", 1, 3);
    const of = (more: Partial<OverlayPoolInputs>) =>
      words(plan, { inputs: more, recorded: {}, running: [20_002] }).warnings;
    const restart = expect.stringMatching(/^1 running seat takes the new settings .*restart.*\n {2}seat-02 /);
    expect(of({ hardware: { cores: 4 } })).toEqual([restart]);
    expect(of({ cloudInit: { user: "student" } })).toEqual([restart]);
    expect(of({ tags: ["spring"] })).toEqual([]);
    const hardware = { cores: 4 };
    expect(words(plan, { inputs: { hardware }, recorded: {}, running: [20_002] }).restart).toEqual(restart);
  });

  test("say the same of processors or memory that somebody else changed", () => {
    const recorded = { exceptions: { "seat-01": { drift: "has 8 cores instead of 2" } } };
    const { warnings } = words(seats("finish", 1, 1), { recorded, running: [20_001] });
    expect(warnings).toHaveLength(1);
  });

  test("warn of seats on a node that is away, unless nothing is to be done with them", () => {
    const away = ["pve2"];
    const { warnings } = words([...seats("change", 1, 3), ...seats("keep", 4, 3)], { away });
    expect(warnings).toEqual([
      "1 seat is on a node that is away, so this cannot be done with it now: seat-02 as 20002 on pve2",
    ]);
  });

  test("count what an interrupted run left behind, and name what it may go on with", () => {
    const found = seats("make", 1, 1).map((seat) => ({ ...seat, found: true as const }));
    const left = seats("remove", 2, 1).map((seat) => ({ ...seat, found: true as const }));
    const { summary, warnings } = words([...found, ...left]);
    expect(summary).toContain("1 seat is looked at first: an interrupted run began to make it:\n  seat-01");
    expect(summary).toContain("1 machine that an interrupted run left behind is removed");
    expect(warnings).toEqual([]);
  });
});
