import { describe, expect, test } from "vitest";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import { base, classVerdict, recordedClass, seat, stackOf } from "./fixtures/judged-stack.ts";
import { judgeRisk } from "./judge-risk.ts";

const GIB = 2 ** 30;
const NOW = Date.parse("2026-11-26");
const judged = (...stacks: readonly StackVerdict[]) =>
  judgeRisk(stacks, { capacities: {}, now: NOW }).findings;
const said = (...stacks: readonly StackVerdict[]) =>
  judged(...stacks).map(({ severity, kind, reason, seats }) => [`${severity} ${kind}`, reason, seats]);

describe("what is lost", () => {
  const there = recordedClass("lab", { ada: 101, bob: 102, joan: 103 });
  const lost = (bytes: readonly (number | undefined)[], former = there) => {
    const names = ["ada", "bob", "joan"];
    const seats = bytes.map((own, index) =>
      seat(names[index] ?? "", 101 + index, "removed", own === undefined ? {} : { bytes: own }),
    );
    return judged(stackOf([classVerdict(seats)], { former: [former] }));
  };

  test("is told with how much is written, and with the disks that go", () => {
    const [loss] = lost([GIB, 2 * GIB]);
    expect(loss).toEqual({
      kind: "data-loss",
      severity: "danger",
      cluster: "main",
      document: { kind: "LabClass", name: "lab" },
      reason: "3 GiB is lost for good with ada, bob: their own disks.",
      seats: ["ada", "bob"],
      losses: [
        { seat: "ada", node: "pve1", disks: ["scsi0"], written: GIB },
        { seat: "bob", node: "pve1", disks: ["scsi0"], written: 2 * GIB },
      ],
      figures: { seats: 2, unknown: 0, written: 3 * GIB },
    });
    const rich = recordedClass(
      "lab",
      { ada: 101, bob: 102 },
      {
        dataDisk: { size: "1GiB" },
        exceptions: { bob: { former: { generation: 1, until: NOW + 1 } } },
      },
    );
    expect(lost([GIB, GIB], rich)[0]?.reason).toContain(
      "their own disks, the data disks for work and 1 kept from before a reset.",
    );
    expect(lost([GIB, GIB], rich)[0]?.losses?.map(({ disks }) => disks)).toEqual([
      ["scsi0", "data"],
      ["scsi0", "data", "undo"],
    ]);
  });

  test("is never nothing where nobody knows it", () => {
    expect(lost([undefined])[0]).toMatchObject({
      severity: "danger",
      reason: "Nobody can tell how much is lost with ada: its own disk.",
      figures: { seats: 1, unknown: 1 },
    });
    expect(lost([undefined])[0]?.figures).not.toHaveProperty("written");
    expect(lost([GIB, undefined, undefined])[0]).toMatchObject({
      reason: expect.stringMatching(/^1 GiB, and nobody can tell how much of 2 more, is lost/),
      figures: { unknown: 2, written: GIB },
    });
  });

  test("is no danger where all disks are as fresh as they were made", () => {
    const fresh = 2 ** 20;
    expect([[fresh - 1], [fresh], [0, fresh]].map((bytes) => lost(bytes)[0]?.severity)).toEqual([
      "warning",
      "danger",
      "danger",
    ]);
  });

  test("is also the undo of a reset, by a second one or when its time is over", () => {
    const exceptions = {
      ada: { former: { generation: 1, until: NOW + 1 } },
      bob: { former: { generation: 1, until: NOW } },
    };
    const former = [recordedClass("lab", { ada: 101, bob: 102, joan: 103 }, { exceptions })];
    const reset = [seat("ada", 101, "reset"), seat("bob", 102, "kept"), seat("joan", 103, "reset")];
    expect(said(stackOf([classVerdict(reset)], { former }))).toEqual([
      ["warning undo-ends", expect.stringMatching(/^ada is reset again/), ["ada"]],
      ["warning undo-ends", expect.stringMatching(/^bob had its reset too long ago/), ["bob"]],
    ]);
    const kept = [seat("ada", 101, "kept"), seat("joan", 103, "reset")];
    expect(said(stackOf([classVerdict(kept)], { former }))).toEqual([]);
  });

  test("by a document that goes as a whole is protected by nothing, unless a machine is", () => {
    const gone = classVerdict([seat("ada", 101, "removed", { bytes: 1 })], {
      change: "delete",
      seatDemands: [],
    });
    const kinds = (words: readonly string[]) =>
      judged(stackOf([{ ...gone, words }], { former: [there] })).map(({ kind }) => kind);
    expect(kinds([])).toEqual(["data-loss", "unprotected"]);
    expect(kinds(["Class 'lab' has …\n  1 is protected, and Proxmox will not remove it: ada"])).toEqual([
      "data-loss",
    ]);
  });
});

test("who is switched off, left behind, or goes on with what he has", () => {
  const seats = [
    seat("ada", 101, "reset", { also: ["restarted"] }),
    seat("bob", 102, "changed", { also: ["restart-needed"], node: "pve2" }),
    seat("joan", 103, "changed", { also: ["unreachable"], node: "pve3" }),
  ];
  expect(judged(stackOf([classVerdict(seats)]))).toMatchObject([
    { kind: "restart", severity: "warning", seats: ["ada"], nodes: ["pve1"] },
    { kind: "unreachable", severity: "warning", seats: ["joan"], nodes: ["pve3"] },
    { kind: "restart", severity: "note", seats: ["bob"], nodes: ["pve2"] },
  ]);
});

describe("a generation that stays", () => {
  test("for seats that wait", () => {
    const former = [
      recordedClass("lab", { ada: 101, bob: 102 }, { exceptions: { bob: { generation: 3 } }, generation: 4 }),
    ];
    const seats = [seat("ada", 101, "running"), seat("bob", 102, "deferred")];
    expect(said(stackOf([classVerdict(seats)], { former }))).toEqual([
      ["note generation-in-use", "Generation 4 takes room until the last seat has left it: ada.", ["ada"]],
      ["note generation-in-use", "Generation 3 takes room until the last seat has left it: bob.", ["bob"]],
    ]);
  });

  test("for machines of another document, where it is ours and goes", () => {
    const owned = { ...base, owned: true, copies: { pve1: { vmid: 20_099, files: {} } } };
    const both = (own: typeof base, other: typeof base) => ({
      former: [recordedClass("lab", { ada: 101 }, { base: own })],
      others: [recordedClass("lab-two", { eve: 201 }, { base: other })],
    });
    const gone = classVerdict([], { change: "delete" });
    const found = (document: typeof gone, own: typeof base, other: typeof base) =>
      said(stackOf([document], both(own, other)));
    expect(found(gone, owned, { ...owned, owned: false })).toEqual([
      ["warning generation-in-use", expect.stringMatching(/^Machines of LabClass lab-two stand on/), ["eve"]],
    ]);
    expect(found(gone, base, base)).toEqual([]);
    expect(found(gone, owned, base)).toEqual([]);
    expect(found(classVerdict([]), owned, { ...owned, owned: false })).toEqual([]);
  });
});

test("what the preview said already is taken over as data, seats aside, which have findings of their own", () => {
  const refused = classVerdict([], {
    change: "refused",
    refusals: [
      { message: "the token lacks VM.Allocate on /vms [pool.rights]", code: "pool.rights" },
      { message: "no room [pool.space]", code: "pool.space" },
    ],
    warnings: [
      "The range of class 'lab' is shared.",
      "2 running seats are stopped for their change of disks:\n  ada",
    ],
  });
  expect(judged(stackOf([refused], { warnings: ["odd"] }))).toMatchObject([
    { kind: "rights", severity: "danger", isSaid: true, document: { name: "lab" } },
    { kind: "warning", reason: "The range of class 'lab' is shared.", isSaid: true },
    { kind: "warning", reason: "odd", isSaid: true },
  ]);
});

test("what is worst comes first, whatever it is about", () => {
  const waiting = classVerdict([seat("ada", 101, "deferred")]);
  const leaving = classVerdict([seat("bob", 102, "removed")], { name: "lab-two" });
  const found = judged(stackOf([waiting, leaving], { warnings: ["odd"] }));
  expect(found.map(({ severity }) => severity)).toEqual(["danger", "warning", "note"]);
});

test("many names make no sentence: those that count up are put together, the others counted", () => {
  const names = ["seat-01", "seat-02", "seat-03", "ada", "bob", "eve", "joan", "kay", "zoe"];
  const seats = names.map((name, index) => seat(name, 100 + index, "removed", { bytes: GIB }));
  const [loss] = judged(stackOf([classVerdict(seats)]));
  expect(loss?.reason).toContain(" with seat-01–seat-03, ada, bob, eve, joan and 2 more:");
  expect(loss?.seats).toEqual(names);
});
