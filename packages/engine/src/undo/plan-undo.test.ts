import { type OverlayPoolState, type Properties, planSeats, readOverlayPoolState } from "@coppice/core";
import { expect, test } from "vitest";
import type { Description } from "../documents/description.ts";
import type { StackVersion } from "../history/history-entry.ts";
import { planUndo } from "./plan-undo.ts";

const NOW = Date.UTC(2026, 10, 26);
const DAY = 86_400_000;

const lab = (inputs: Properties): Description => ({ kind: "LabClass", name: "lab", inputs });
const history = (...documents: readonly (readonly Description[] | undefined)[]): StackVersion[] =>
  documents.map((each, index) => ({
    number: index + 1,
    time: NOW,
    verb: "update",
    result: "succeeded",
    who: "ada",
    message: "",
    documents: each,
  }));

type Exceptions = NonNullable<OverlayPoolState["exceptions"]>;

/** What is recorded of a class with these seats. */
function poolOf(seats: readonly string[], exceptions: Exceptions = {}, generation = 1): OverlayPoolState {
  const places = seats.map((seat, index) => [seat, { vmid: 20_001 + index, node: "pve1", mac: "" }] as const);
  return readOverlayPoolState({ roster: seats, seats: Object.fromEntries(places), exceptions, generation });
}
const plan = (versions: StackVersion[], number: number, pool?: OverlayPoolState) =>
  planUndo({ versions, number, pools: pool ? { lab: pool } : {}, now: NOW });

/** What the pool would do with its seats after an undo. */
function verbs(documents: readonly Description[], pool: OverlayPoolState): string[] {
  // as: what a class says of its seats is what its pool is told.
  const {
    roster = [],
    reset,
    undo,
  } = (documents[0]?.inputs ?? {}) as {
    roster?: string[];
    reset?: Record<string, string>;
    undo?: Record<string, string>;
  };
  const recorded = Object.entries(pool.seats).map(([seat, { vmid }]) => {
    const { reset: done, undo: undone } = pool.exceptions?.[seat] ?? {};
    return [
      seat,
      { vmid, generation: 1, ...(done && { reset: done }), ...(undone && { undo: undone }) },
    ] as const;
  });
  const wanted = {
    names: roster,
    generation: 1,
    policy: "defer" as const,
    ...(reset && { reset }),
    ...(undo && { undo }),
  };
  return planSeats(wanted, Object.fromEntries(recorded)).map(({ seat, verb }) => `${seat} ${verb}`);
}

test("the declared inputs of a version come back as they were", () => {
  const [first, second] = [
    lab({ roster: ["ada"], tags: ["x"] }),
    lab({ roster: ["ada"], hardware: { cores: 4 } }),
  ];
  const { documents, losses, version } = plan(history([first], [second]), 1, poolOf(["ada"]));
  expect([documents, losses, version.number]).toEqual([[first], [], 1]);
});

test("no seat is reset again: orders stay as they are now, and those of the version are none", () => {
  const roster = ["ada", "grace"];
  const versions = history(
    [lab({ roster, reset: { ada: "1", grace: "1" } })],
    [lab({ roster, reset: { ada: "2" }, undo: { grace: "1" } })],
    [lab({ roster, reset: { ada: "2" }, undo: { grace: "1" }, tags: ["x"] })],
  );
  const pool = poolOf(roster, { ada: { reset: "2" }, grace: { reset: "1", undo: "1" } });
  for (const number of [1, 2, 3]) {
    const { documents } = plan(versions, number, pool);
    expect(verbs(documents, pool)).toEqual(["ada keep", "grace keep"]);
    expect(documents[0]?.inputs).toMatchObject({ reset: { ada: "2" }, undo: { grace: "1" } });
  }
  // As they stand in the first version, they would.
  expect(verbs(versions[0]?.documents ?? [], pool)).toEqual(["ada reset", "grace keep"]);
});

test("an order that was not carried out is taken back, and said", () => {
  const roster = ["ada", "grace"];
  const versions = history([lab({ roster })], [lab({ roster, reset: { ada: "2", grace: "1" } })]);
  const pool = poolOf(roster, { ada: { reset: "1" }, grace: { reset: "1" } });
  const { documents, losses } = plan(versions, 1, pool);
  expect(verbs(documents, pool)).toEqual(["ada keep", "grace keep"]);
  expect(documents).toEqual([lab({ roster, reset: { grace: "1" } })]);
  expect(losses.find(({ code }) => code === "order-dropped")?.seats).toEqual(["ada"]);
});

test("machines that are gone come back with nothing on them, and those that came since go with all on them", () => {
  const versions = history(
    [lab({ roster: ["ada", "grace"] })],
    [lab({ roster: ["ada", "joan"], reset: { joan: "1" } })],
  );
  const { documents, losses } = plan(versions, 1, poolOf(["ada", "joan"], { joan: { reset: "1" } }));
  expect(documents).toEqual([lab({ roster: ["ada", "grace"] })]);
  expect(losses.map(({ code, seats }) => [code, seats])).toEqual([
    ["made-anew", ["grace"]],
    ["removed", ["joan"]],
  ]);
  expect(losses[1]?.text).toBe(
    "The machines of seat 'joan' of 'lab' are removed with their disks, which no undo brings back",
  );
});

test("a class that was removed comes back anew, and one that came since goes", () => {
  const other = { kind: "OverlayVmPool", name: "other", inputs: { seats: 2 } };
  const versions = history(
    [lab({ seats: 7, publish: { generation: 2, from: "teacher" }, teacher: true })],
    [other],
  );
  const pools = { other: poolOf(["seat-01", "seat-02"]) };
  const { documents, losses } = planUndo({ versions, number: 1, pools, now: NOW });
  expect(documents).toEqual(versions[0]?.documents);
  expect(losses.map(({ document, code, seats }) => `${document} ${code} ${seats.length}`)).toEqual([
    "lab made-anew 8",
    "lab published-anew 0",
    "other removed 2",
  ]);
  expect(losses[0]?.text).toContain("'seat-05' and 3 more seats of 'lab'");
});

test("resets since stay, and it is said until when the former disks can be taken back otherwise", () => {
  const roster = ["ada", "grace", "joan", "emmy", "mary"];
  const all = { ada: "1", grace: "1", joan: "1", emmy: "1" };
  const versions = history(
    [lab({ roster, reset: { joan: "1" } })],
    [lab({ roster, reset: all })],
    [lab({ roster, reset: all, undo: { emmy: "1", mary: "1" } })],
    [lab({ roster, reset: { ...all, mary: "1" }, undo: { emmy: "1", mary: "1" } })],
  );
  const former = (until: number) => ({ former: { generation: 1, until } });
  const pool = poolOf(roster, {
    ada: { reset: "1", ...former(NOW + DAY) },
    grace: { reset: "1", ...former(NOW - DAY) },
    joan: { reset: "1", ...former(NOW + DAY) },
    // Reset, then undone; and undone, then reset.
    emmy: { reset: "1", undo: "1", ...former(NOW + DAY) },
    mary: { reset: "1", undo: "1", ...former(NOW + 2 * DAY) },
  });
  const { losses } = plan(versions, 1, pool);
  expect(losses.map(({ code, seats, until }) => [code, seats, until])).toEqual([
    ["reset-since", ["ada"], NOW + DAY],
    ["reset-since", ["grace"], undefined],
    ["reset-since", ["mary"], NOW + 2 * DAY],
  ]);
});

test("a generation does not go down, and is said to stay", () => {
  const publish = (generation: number, more: Properties = {}) => ({
    generation,
    from: { vmid: 9000 + generation },
    ...more,
  });
  const versions = history(
    [lab({ seats: 0, empty: true })],
    [lab({ seats: 0, empty: true, publish: publish(2, { policy: "keep" }) })],
    [lab({ seats: 0, empty: true, publish: publish(3, { policy: "reset" }) })],
    [lab({ seats: 0, empty: true, publish: publish(3, { policy: "defer" }) })],
  );
  const publishOf = (number: number) => {
    const { documents, losses } = plan(versions, number, poolOf([], {}, 3));
    return [documents[0]?.inputs["publish"], losses.map(({ code }) => code)];
  };
  expect(publishOf(1)).toEqual([publish(3, { policy: "defer" }), ["generation-stays"]]);
  expect(publishOf(2)).toEqual([publish(3, { policy: "keep" }), ["generation-stays"]]);
  expect(publishOf(3)).toEqual([publish(3, { policy: "reset" }), []]);
});

test("the disks that publications since replaced are said too, and those that they left alone are not", () => {
  const publish = { generation: 2, from: { vmid: 9001 } };
  const roster = ["ada", "grace", "joan"];
  const versions = history(
    [lab({ roster })],
    [lab({ roster, publish })],
    [lab({ roster, publish, tags: ["x"] })],
  );
  const former = { former: { generation: 1, until: NOW + DAY } };
  // One stayed on generation 1; one got its former disk back.
  const pool = poolOf(
    roster,
    { ada: former, grace: { generation: 1 }, joan: { generation: 1, declined: 2 } },
    2,
  );
  expect(plan(versions, 1, pool).losses.map(({ code, seats, until }) => [code, seats, until])).toEqual([
    ["reset-since", ["ada"], NOW + DAY],
    ["generation-stays", [], undefined],
  ]);
  expect(plan(versions, 2, pool).losses).toEqual([]);
});

test.each([
  ["goes", { size: "1GiB" }, undefined, ["data-disks-stay"]],
  ["is another", { size: "1GiB" }, { size: "2GiB" }, ["data-disks-stay"]],
  ["is the same", { size: "1GiB" }, { size: "1GiB" }, []],
  ["comes back", undefined, { size: "1GiB" }, []],
])("a data disk that %s: what machines have stays, and that is said", (_, now, wanted, codes) => {
  const said = (dataDisk: Properties | undefined) => lab({ roster: ["ada"], ...(dataDisk && { dataDisk }) });
  const { losses } = plan(history([said(wanted)], [said(now)]), 1, poolOf(["ada"]));
  expect(losses.map(({ code }) => code)).toEqual(codes);
});

test("the teacher's machine stays with the generation that was published from it", () => {
  const versions = history(
    [lab({ roster: ["ada"] })],
    [lab({ roster: ["ada"], teacher: true, publish: { generation: 2, from: "teacher" } })],
  );
  const { documents } = plan(versions, 1, poolOf(["ada"], {}, 2));
  expect(documents[0]?.inputs).toMatchObject({ teacher: true, publish: { generation: 2, from: "teacher" } });
});

test("the teacher's machine goes with a class that the version does not have", () => {
  const versions = history([], [lab({ roster: ["ada"], teacher: true })]);
  expect(plan(versions, 1, poolOf(["ada"])).losses.map(({ seats }) => seats)).toEqual([["ada", "teacher"]]);
  expect(plan(versions, 1).losses).toEqual([]);
});

test("the teacher's machine comes and goes as seats do", () => {
  const versions = history([lab({ seats: 1 })], [lab({ seats: 1, teacher: true })]);
  const lossesTo = (number: number) =>
    plan(versions.slice(0, 3), number, poolOf(["seat-01"])).losses.map(({ code, seats }) => [code, seats]);
  expect(lossesTo(1)).toEqual([["removed", ["teacher"]]]);
  versions.push(...history([lab({ seats: 1 })]).map((version) => ({ ...version, number: 3 })));
  expect(lossesTo(2)).toEqual([["made-anew", ["teacher"]]]);
});

test("a pool of machines keeps its generation with the template that it is", () => {
  const pool = (inputs: Properties) => ({
    kind: "OverlayVmPool",
    name: "lab",
    inputs: { roster: ["a"], ...inputs },
  });
  const versions = history(
    [pool({ template: { vmid: 9000 } })],
    [pool({ template: { vmid: 9001 }, generation: 2 })],
  );
  const { documents, losses } = plan(versions, 1, poolOf(["a"], {}, 2));
  expect(documents).toEqual([pool({ template: { vmid: 9001 }, generation: 2 })]);
  expect(losses.at(-1)).toMatchObject({
    code: "generation-stays",
    text: expect.stringContaining("as generation 3"),
  });
});

test("after everything was removed, all begins anew with what the version says", () => {
  const versions = history(
    [lab({ roster: ["ada"], reset: { ada: "1" } })],
    [lab({ roster: ["ada"], publish: { generation: 2, from: { vmid: 1 } } })],
  );
  const { documents, losses } = plan(versions, 1);
  expect(documents).toEqual([lab({ roster: ["ada"] })]);
  expect(losses.map(({ code }) => code)).toEqual(["made-anew"]);
});

test.each([
  [3, "there is no such version"],
  [2, "it does not say what was declared"],
])("version %s is refused with those that there are", (number, why) => {
  const versions = history([lab({})], undefined);
  expect(() => plan(versions, number)).toThrow(
    expect.objectContaining({ code: "stack.no-version", why, wayOut: "Choose one of 1" }),
  );
});
