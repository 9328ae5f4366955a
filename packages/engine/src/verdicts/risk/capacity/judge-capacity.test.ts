import type { ClusterCapacity, NodeRoom, StorageRoom } from "@coppice/core";
import { describe, expect, test } from "vitest";
import type { DocumentVerdict } from "../../../changes/change-verdict.ts";
import type { RecordedDocument } from "../../../stack/recorded-stack.ts";
import { classVerdict, demandOf, recordedClass, seat, stackOf } from "../fixtures/judged-stack.ts";
import { judgeRisk } from "../judge-risk.ts";

const GIB = 2 ** 30;
const node = (name: string, memory: number, promised: number): NodeRoom => {
  return { node: name, isOnline: true, memory: memory * GIB, promised: promised * GIB };
};
const nas = (size: number, used = 0, more: Partial<StorageRoom> = {}): StorageRoom => {
  return { storage: "nas", nodes: ["pve1", "pve2"], isShared: true, size, used, ...more };
};
const wide: ClusterCapacity = {
  nodes: [node("pve1", 999, 0), node("pve2", 999, 0)],
  storages: [nas(999 * GIB)],
};

interface Had {
  readonly former?: readonly RecordedDocument[];
  readonly others?: readonly RecordedDocument[];
}

const verdictOn = (
  capacity: Partial<ClusterCapacity>,
  documents: readonly DocumentVerdict[],
  had: Had = {},
) => judgeRisk([stackOf(documents, had)], { capacities: { main: { ...wide, ...capacity } }, now: 0 });
const found = (...asked: Parameters<typeof verdictOn>) =>
  verdictOn(...asked).findings.map(({ severity, kind }) => `${severity} ${kind}`);

const two = classVerdict([seat("ada", 101, "made"), seat("bob", 102, "made", { node: "pve2" })], {
  change: "create",
});
const other = {
  ...two,
  name: "lab-two",
  seats: two.seats.map((each) => ({ ...each, vmid: each.vmid + 100 })),
};
const twoOther = { ...other, seatDemands: [demandOf(other.seats)] };

describe("a storage", () => {
  const full = (size: number, used: number, had: Had = {}, documents: readonly DocumentVerdict[] = [two]) =>
    found({ storages: [nas(size, used)] }, documents, had);

  test("holds what comes to its last byte, and not one more", () => {
    expect(full(16 * GIB, 0)).toEqual([]);
    expect(full(16 * GIB, 1)).toEqual(["danger storage"]);
    expect(full(20 * GIB, 4 * GIB)).toEqual([]);
    expect(full(20 * GIB, 4 * GIB + 1)).toEqual(["danger storage"]);
  });

  test("is judged by all documents of a preview together, of which each would fit", () => {
    expect(full(31 * GIB, 0, {}, [two, twoOther])).toEqual(["danger storage"]);
    expect(full(32 * GIB, 0, {}, [two, twoOther])).toEqual([]);
    expect(full(31 * GIB, 0, {}, [two, { ...twoOther, change: "refused" }])).toEqual([]);
  });

  test("holds the templates of a new generation too, on their node", () => {
    const copy = { name: "lab generation 2", storage: "nas", node: "pve1", size: 8 * GIB };
    const publishing = { ...two, copies: [copy] };
    expect(full(24 * GIB, 0, {}, [publishing])).toEqual([]);
    expect(full(24 * GIB, 1, {}, [publishing])).toEqual(["danger storage"]);
    const [nasLoad] = verdictOn({}, [publishing]).storages;
    expect(nasLoad?.machines).toEqual(["lab-ada", "lab-bob", "lab generation 2"]);
  });

  test("runs full in the worst case by what grows there beside it, of documents that were not given too", () => {
    const had = { others: [recordedClass("old", { eve: 301 })] };
    expect(full(24 * GIB, 0, had)).toEqual([]);
    expect(full(24 * GIB, 1, had)).toEqual(["warning storage"]);
    const [finding] = verdictOn({ storages: [nas(24 * GIB, GIB)] }, [two], had).findings;
    expect(finding).toMatchObject({
      reason:
        "In the worst case storage 'nas' runs full: it has 23 GiB free, its new disks may grow to 16 GiB, and those there to 8 GiB, what they hold already included.",
      seats: ["lab-ada", "lab-bob"],
      figures: { fresh: 16 * GIB, present: 8 * GIB, size: 24 * GIB, used: GIB, free: 23 * GIB },
    });
  });

  test("is not asked for more by a seat that leaves, nor twice by one that is reset", () => {
    const had = { former: [recordedClass("lab", { eve: 301, zoe: 302 })] };
    const update = classVerdict([seat("eve", 301, "removed"), seat("zoe", 302, "reset")]);
    expect(verdictOn({}, [update], had).storages).toMatchObject([{ fresh: 8 * GIB, present: 0 }]);
    const kept = classVerdict([seat("eve", 301, "kept"), seat("zoe", 302, "reset")]);
    expect(verdictOn({}, [kept], had).storages).toMatchObject([{ fresh: 8 * GIB, present: 8 * GIB }]);
    expect(verdictOn({}, [classVerdict([seat("eve", 301, "kept")])], had).storages).toEqual([]);
  });

  test("of each node's own is judged node by node, and away with its node", () => {
    const own = (name: string, size: number) => nas(size, 0, { nodes: [name], isShared: false });
    const local = (one: number, other: number) =>
      found({ storages: [own("pve1", one * GIB), own("pve2", other * GIB)] }, [two]);
    expect(local(8, 8)).toEqual(["note node-lost"]);
    const copies = [{ name: "lab generation 1", storage: "nas", node: "pve1", size: 1 }];
    const rooms = { storages: [own("pve1", 99 * GIB), own("pve2", 99 * GIB)] };
    const [away] = verdictOn(rooms, [{ ...two, copies }]).findings;
    expect([away?.seats, away?.nodes]).toEqual([
      ["lab-ada", "lab-bob"],
      ["pve1", "pve2"],
    ]);
    const eve = { former: [recordedClass("lab", { eve: 301 })] };
    expect(found(rooms, [classVerdict([seat("eve", 301, "reset")])], eve)).toEqual([]);
    expect(local(100, 7)).toEqual(["danger storage", "note node-lost"]);
  });

  test("has no more free than its nodes tell, which keep something back", () => {
    const told = (free: number, node = "pve2") => {
      const seen = { ...demandOf(two.seats), rooms: [{ storage: "nas", node, free }] };
      return found({}, [{ ...two, seatDemands: [seen] }]);
    };
    expect([told(16 * GIB), told(16 * GIB - 1), told(0, "pve3")]).toEqual([[], ["danger storage"], []]);
    const hidden = { ...demandOf(two.seats), rooms: [{ storage: "nas", node: "pve1", free: GIB }] };
    expect(found({ storages: [] }, [{ ...two, seatDemands: [hidden] }])).toEqual(["danger storage"]);
  });

  test("of which nobody may read how full it is, is not known to have room", () => {
    for (const storages of [[], [{ storage: "nas", nodes: ["pve1", "pve2"], isShared: true }]]) {
      const [finding, ...more] = verdictOn({ storages }, [two]).findings;
      expect(finding).toMatchObject({ kind: "storage", severity: "note", figures: { fresh: 16 * GIB } });
      expect(finding?.reason).toMatch(/^How much is free on storage 'nas' is not known/);
      expect([finding?.figures, more]).toEqual([{ fresh: 16 * GIB, present: 0 }, []]);
    }
  });
});

describe("memory", () => {
  const nodes = (...all: readonly NodeRoom[]) => found({ nodes: all }, [two]);

  test("of a node holds what is placed on it to the last byte, and not one more", () => {
    expect(nodes(node("pve1", 4, 2), node("pve2", 99, 0))).toEqual(["warning node-lost"]);
    const tight = node("pve1", 4, 2);
    expect(nodes({ ...tight, promised: tight.promised + 1 }, node("pve2", 99, 0))).toEqual([
      "warning memory",
      "warning node-lost",
    ]);
  });

  test("of the other nodes bears the loss of the greatest to the last byte, and not one more", () => {
    expect(nodes(node("pve1", 9, 2), node("pve2", 8, 2))).toEqual([]);
    const one = { ...node("pve2", 8, 2), promised: 2 * GIB + 1 };
    expect(nodes(node("pve1", 9, 4), one)).toEqual(["warning node-lost"]);
    expect(nodes(node("pve1", 9, 2), { ...node("pve2", 8, 2), memory: 8 * GIB - 1 })).toEqual([
      "warning node-lost",
    ]);
    expect(nodes(node("pve1", 9, 2), node("pve2", 8, 2), node("pve3", 1, 0))).toEqual([]);
  });

  test("that did not bear it before is worth a note, and a node alone has no others", () => {
    expect(nodes(node("pve1", 12, 8), node("pve2", 8, 2))).toEqual(["note node-lost"]);
    expect(nodes(node("pve1", 9, 2))).toEqual([]);
    const away = { ...node("pve2", 99, 0), isOnline: false };
    expect(verdictOn({ nodes: [node("pve1", 9, 2), away] }, [two]).findings).toMatchObject([
      { kind: "node-lost", nodes: ["pve1"], reason: expect.stringContaining("no other node is online") },
    ]);
  });

  test("that nobody may read is not known to be enough", () => {
    const [finding, ...more] = verdictOn(
      { nodes: [node("pve1", 9, 2), { node: "pve2", isOnline: true, promised: 0 }] },
      [two],
    ).findings;
    expect(finding).toMatchObject({ kind: "memory", severity: "note", nodes: ["pve2"], figures: {} });
    expect(more).toEqual([]);
  });

  test("grows with what present seats are given, and is told node by node", () => {
    const had = { former: [recordedClass("lab", { ada: 101, bob: 102 })] };
    const seats = [
      seat("ada", 101, "changed"),
      seat("bob", 102, "removed"),
      seat("eve", 103, "made", { node: "pve2" }),
    ];
    const grown = classVerdict(seats, { seatDemands: [demandOf(seats, { memory: 5 * GIB })] });
    const { nodes: loads } = verdictOn({ nodes: [node("pve1", 9, 4), node("pve2", 9, 0)] }, [grown], had);
    expect(loads.map((load) => [load.node, load.promisedAfter / GIB, load.made])).toEqual([
      ["pve1", 5, []],
      ["pve2", 5, ["lab-eve"]],
    ]);
  });
});

test("what seats ask for that nobody knows yet is said to be left out", () => {
  const { seatDemands: _, ...blind } = two;
  const findings = verdictOn({}, [blind]).findings;
  expect(findings).toMatchObject([{ kind: "storage", severity: "note", seats: ["ada", "bob"] }]);
  expect(findings[0]?.reason).toContain("left out");
});

test("a cluster that did not answer is told as that", () => {
  const capacities = { main: { unread: "It is away [pve.connection]" } };
  const { findings, nodes } = judgeRisk([stackOf([two])], { capacities, now: 0 });
  expect(findings.map(({ severity, reason }) => `${severity}: ${reason}`)).toEqual([
    "note: Whether it fits on main is not known: It is away [pve.connection]",
  ]);
  expect(nodes).toEqual([]);
});
