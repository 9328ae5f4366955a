import type { ObservedGuest } from "@coppice/clusters";
import type { NodeCapacity, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { describePlan } from "./describe-plan.ts";
import type { PlannedClass, PlannedSeat } from "./planned-class.ts";

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
  readonly own?: ReadonlyMap<string, number>;
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
  { inputs: more, recorded, running = [], away = [], own }: Case = {},
) {
  const guests = running.map((vmid): [number, ObservedGuest] => [
    vmid,
    { vmid, node: "pve1", tags: [], running: true, template: false },
  ]);
  const planning: PlannedClass = {
    inputs: { ...inputs, ...more },
    recorded: recorded && { ...inputs, seats: {}, generation: 1, madeBy: "overlay", ...recorded },
    observed: { guests: new Map(guests), nodes: away.map(offline) },
    plan: { seats: planned, foreign: [] },
  };
  return describePlan(planning, own);
}

const MAY_MOVE = "  (on numbers that are free now: one taken meanwhile gives way to the next)";

describe("the words of a plan", () => {
  test("put a new class into one line: names, numbers, and how many on each node", () => {
    expect(words(seats("make", 1, 25))).toEqual({
      summary: `25 seats are made: seat-01–seat-25 as 20001–20025 on pve1 9, pve2 8, pve3 8\n${MAY_MOVE}`,
      warnings: [],
      restart: undefined,
    });
    expect(words(seats("make", 7, 1)).summary).toBe(`1 seat is made: seat-07 as 20007 on pve1\n${MAY_MOVE}`);
  });

  test("warn of every removal by name, number and node, beside what is kept", () => {
    const { summary, warnings } = words([...seats("keep", 1, 20), ...seats("remove", 21, 2)]);
    expect(summary).toBe("20 seats are kept as they are");
    expect(warnings).toEqual([
      "2 seats are removed with all disks:\n  seat-21  20021  pve1\n  seat-22  20022  pve2",
    ]);
  });

  test("still name every seat of a removal too long for lines of its own, with the sum of what is lost", () => {
    const plan = seats("remove", 1, 99);
    const [warning] = words(plan).warnings;
    const all = "seat-01–seat-99 as 20001–20099 on pve1 33, pve2 33, pve3 33";
    expect(warning).toBe(`99 seats are removed with all disks: ${all}`);
    const own = new Map(plan.map(({ seat }) => [seat, 2 ** 30]));
    expect(words(plan, { own }).warnings).toEqual([
      `99 seats are removed with all disks; 99 GiB exists only there: ${all}`,
    ]);
  });

  test("say of each of a few that are removed how much is lost with it, as the last warning", () => {
    const plan = [...seats("remove", 1, 2), ...seats("change", 3, 1)];
    const own = new Map([["seat-01", 300 * 2 ** 20]]);
    const { warnings } = words(plan, { own, away: ["pve2"] });
    expect(warnings.at(-1)?.split("\n")).toEqual([
      "2 seats are removed with all disks; 300 MiB exists only there:",
      "  seat-01  20001  pve1  300 MiB",
      "  seat-02  20002  pve2",
    ]);
    expect(warnings).toHaveLength(2);
  });

  test("tell drift from what a run left unfinished, each with what is and what is declared", () => {
    const exceptions = { "seat-01": { drift: "memory is 8 GiB, declared 1 GiB" } };
    const plan = [...seats("repair", 1, 1), ...seats("finish", 2, 1)];
    expect(words(plan, { recorded: { exceptions } }).summary.split("\n")).toEqual([
      "1 seat is finished: the last run did not come so far:",
      "  seat-02  20002  pve1",
      "1 seat was changed by somebody else: it is brought back to what is declared:",
      "  seat-01  20001  pve1  memory is 8 GiB, declared 1 GiB",
    ]);
  });

  test("put many that drifted alike together", () => {
    const alike = seats("repair", 1, 30).map(({ seat }) => [seat, { drift: "cores are 8, declared 1" }]);
    const [, line] = words(seats("repair", 1, 30), {
      recorded: { exceptions: Object.fromEntries(alike) },
    }).summary.split("\n");
    expect(line).toBe(
      "  seat-01–seat-30 as 20001–20030 on pve1 10, pve2 10, pve3 10: cores are 8, declared 1",
    );
  });

  test("say that a machine is gone, not only that one is made", () => {
    const recorded = { exceptions: { "seat-02": { gone: true as const } } };
    const { summary } = words(seats("make", 1, 2), { recorded });
    expect(summary).toContain("1 seat's machine is gone, with its disks: it is made anew:\n  seat-02  20002");
    expect(summary).toContain("1 seat is made: seat-01 as 20001");
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
    const warningsOf = (drift: string) => {
      const recorded = { exceptions: { "seat-01": { drift } } };
      return words(seats("repair", 1, 1), { recorded, running: [20_001] }).warnings;
    };
    expect(warningsOf("name is 'x', declared 'y'; cores are 8, declared 2")).toHaveLength(1);
    expect(warningsOf("has 8 cores instead of 2")).toHaveLength(1);
    expect(warningsOf("name is 'x', declared 'y'")).toEqual([]);
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
    const both = seats("make", 1, 2).map((seat) => ({ ...seat, found: true as const }));
    expect(words(both).summary).toContain(
      "2 seats are looked at first: an interrupted run began to make them:",
    );
    expect(summary).toContain("1 machine that an interrupted run left behind is removed");
    expect(warnings).toEqual([]);
  });
});
