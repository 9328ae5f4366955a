import type { ObservedCluster, ObservedGuest } from "@coppice/clusters";
import type { OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { planClass } from "./plan-class.ts";

const mark = "0123456789";
const GiB = 1024 ** 3;

const inputs: OverlayPoolInputs = {
  cluster: "main",
  class: "networks-101",
  base: {
    number: 1,
    storage: "lab",
    shared: true,
    owned: false,
    copies: { pve1: { vmid: 9000, files: { scsi0: "base-9000-disk-0.qcow2" } } },
    disks: [{ slot: "scsi0", format: "qcow2", size: 8 * GiB }],
    config: { memory: "2048", cores: "2" },
  },
  roster: ["ada", "grace", "hedy"],
  vmids: { from: 20_000, to: 20_009 },
  start: "never",
  startBatch: 4,
  method: "auto",
  empty: false,
  overcommit: false,
};

const guest = (vmid: number, more: Partial<ObservedGuest> = {}): ObservedGuest => ({
  vmid,
  node: "pve1",
  tags: [],
  running: false,
  template: false,
  ...more,
});

function cluster(guests: readonly ObservedGuest[] = [], nodes = ["pve1", "pve2"]): ObservedCluster {
  return {
    guests: new Map(guests.map((each) => [each.vmid, each])),
    nodes: nodes.map((node) => ({
      node,
      state: "online",
      memoryTotal: 64 * GiB,
      memoryCommitted: 0,
      coresTotal: 16,
      coresCommitted: 0,
    })),
  };
}

const state = (seats: OverlayPoolState["seats"], more: Partial<OverlayPoolState> = {}): OverlayPoolState => ({
  ...inputs,
  seats,
  generation: 1,
  madeBy: "overlay",
  ...more,
});

const lines = (plan: ReturnType<typeof planClass>) =>
  plan.seats.map(
    (seat) => `${seat.seat} ${seat.verb} ${seat.vmid}@${seat.node}${seat.found ? " found" : ""}`,
  );

describe("planClass", () => {
  test("gives new seats the lowest free numbers in the roster's order, spread over the nodes", () => {
    expect(lines(planClass(inputs, undefined, cluster()))).toEqual([
      "ada make 20000@pve1",
      "grace make 20001@pve2",
      "hedy make 20002@pve1",
    ]);
  });

  test("skips the numbers of foreign guests and names them, never adopting one", () => {
    const foreign = guest(20_000, { name: "networks-101-ada" });
    const plan = planClass(inputs, undefined, cluster([foreign]));
    expect(lines(plan)[0]).toBe("ada make 20001@pve1");
    expect(plan.foreign).toEqual([foreign]);
  });

  test("recognises a machine of an interrupted run by its mark, wherever it is", () => {
    const left = guest(20_007, { seat: "grace", tags: ["coppice", `cp-${mark}`], node: "pve2" });
    const plan = planClass(inputs, undefined, cluster([left]));
    expect(lines(plan)[1]).toBe("grace make 20007@pve2 found");
    expect(plan.foreign).toEqual([]);
  });

  test("follows a seat that somebody moved to another node", () => {
    const recorded = state({ ada: { vmid: 20_000, node: "pve1", mac: "" } });
    const plan = planClass(
      { ...inputs, roster: ["ada"] },
      recorded,
      cluster([guest(20_000, { node: "pve2" })]),
    );
    expect(lines(plan)).toEqual(["ada keep 20000@pve2"]);
  });

  test("adds five seats behind those that exist and removes the last ones, names and numbers untouched", () => {
    const { roster: _, ...counted } = inputs;
    const places = Object.fromEntries(
      ["seat-01", "seat-02"].map((seat, index) => [seat, { vmid: 20_000 + index, node: "pve1", mac: "" }]),
    );
    const recorded = { ...state(places), count: 2 };
    const there = cluster([guest(20_000), guest(20_001)]);
    expect(lines(planClass({ ...counted, count: 4 }, recorded, there)).slice(1)).toEqual([
      "seat-02 keep 20001@pve1",
      "seat-03 make 20002@pve1",
      "seat-04 make 20003@pve2",
    ]);
    expect(lines(planClass({ ...counted, count: 1 }, recorded, there))).toEqual([
      "seat-01 keep 20000@pve1",
      "seat-02 remove 20001@pve1",
    ]);
  });

  test("defers a generation when nothing is said about publishing", () => {
    const recorded = state({ ada: { vmid: 20_000, node: "pve1", mac: "" } });
    const next = { ...inputs, roster: ["ada"], base: { ...inputs.base, number: 2 } };
    expect(lines(planClass(next, recorded, cluster([guest(20_000)])))).toEqual(["ada defer 20000@pve1"]);
  });

  test("changes existing seats when their hardware should be another", () => {
    const recorded = state({ ada: { vmid: 20_000, node: "pve1", mac: "" } });
    const larger = { ...inputs, roster: ["ada"], hardware: { cores: 4 } };
    expect(lines(planClass(larger, recorded, cluster([guest(20_000)])))).toEqual(["ada change 20000@pve1"]);
  });

  test("places seats by all their processors: cores of the class on each of the template's sockets", () => {
    const twoSockets = { ...inputs.base, config: { ...inputs.base.config, sockets: "2" } };
    const { nodes, guests } = cluster();
    const busy = nodes.map((node) => (node.node === "pve2" ? { ...node, coresCommitted: 6 } : node));
    const placesOf = (base: typeof inputs.base) =>
      planClass({ ...inputs, base, hardware: { cores: 4 } }, undefined, { guests, nodes: busy })
        .seats.slice(0, 2)
        .map(({ node }) => node);
    // Free processors count 30 %: after one seat pve1 has 12 of 16, or 8 where a seat has two sockets; pve2 has 10.
    expect(placesOf(inputs.base)).toEqual(["pve1", "pve1"]);
    expect(placesOf(twoSockets)).toEqual(["pve1", "pve2"]);
  });

  test("refuses a range that is too small, with the numbers", () => {
    const narrow = { ...inputs, vmids: { from: 20_000, to: 20_002 } };
    expect(() => planClass(narrow, undefined, cluster([guest(20_001)]))).toThrow(
      "Class 'networks-101' needs 3 more numbers of 20000–20002: only 2 of them are free",
    );
  });

  test.each([
    [
      "names no node of the cluster",
      { nodes: ["pve9"] },
      {},
      "'nodes' names pve9, and cluster 'main' has only pve1, pve2. Name nodes of the cluster in 'nodes', or leave it out",
    ],
    [
      "wants a node that is away",
      { nodes: ["pve2"] },
      { state: "offline" as const },
      "pve2 is offline. Bring a node back, or name others in 'nodes'",
    ],
    [
      "wants a node without a copy",
      { nodes: ["pve2"], base: { ...inputs.base, shared: false } },
      {},
      "pve2 has no copy of generation 1: it lies on pve1, and storage 'lab' is not shared. Use a node that has it (pve1), or a shared 'storage'",
    ],
  ])("says why no node can take the seats of a class that %s", (_, wanted, second, reason) => {
    const { guests, nodes } = cluster();
    const seen = {
      guests,
      nodes: nodes.map((each) => (each.node === "pve2" ? { ...each, ...second } : each)),
    };
    expect(() => planClass({ ...inputs, ...wanted }, undefined, seen)).toThrow(
      `No node can take the seats of class 'networks-101': ${reason} [pool.no-node]`,
    );
  });

  test("uses only nodes with a copy where the storage is local", () => {
    const local = { ...inputs, base: { ...inputs.base, shared: false } };
    expect(new Set(planClass(local, undefined, cluster()).seats.map((seat) => seat.node))).toEqual(
      new Set(["pve1"]),
    );
  });
});
