import { noAmounts, type Properties, type SeatFate, unknownValue } from "@coppice/core";
import { describe, expect, test } from "vitest";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import { documentDemand } from "./document-demand.ts";
import { demandOfRecorded } from "./recorded-demand.ts";

const GIB = 2 ** 30;
const base = {
  number: 1,
  storage: "nas",
  shared: true,
  owned: false,
  copies: { pve1: { vmid: 9000, files: {} } },
  disks: [{ slot: "scsi0", format: "qcow2", size: 8 * GIB }],
  config: { cores: "2", sockets: "2", memory: "2048" },
};
const urnOf = (kind: string, name = "lab") =>
  `urn:pulumi:main::coppice-tenant::coppice:index:LabClass$coppice:index:${kind}::${name}`;
const places = (seats: number) =>
  Object.fromEntries(
    Array.from({ length: seats }, (_, index) => [
      `seat-0${index + 1}`,
      { vmid: 20_001 + index, node: "pve1", mac: "" },
    ]),
  );
const poolOf = (seats: number, more: Properties = {}): Properties => {
  return { class: "lab", base, count: seats, ...more };
};
const recordedPool = (seats: number, more: Properties = {}) => ({
  urn: urnOf("OverlayPool"),
  type: "coppice:index:OverlayPool",
  outputs: { ...poolOf(seats), seats: places(seats), generation: 1, madeBy: "overlay", ...more },
});
const step = (kind: string, op: string, inputs: Properties, more: Partial<StepEvent> = {}): StepEvent => {
  const type = `coppice:index:${kind}`;
  return { kind: "step", phase: "begun", op, urn: urnOf(kind), type, isPlanned: true, inputs, ...more };
};
const told = (fates: Readonly<Record<string, SeatFate>>): EngineEvent => ({
  kind: "verdict",
  urn: urnOf("OverlayPool"),
  verdict: {
    foreign: [],
    seats: Object.entries(fates).map(([seat, fate], index) => {
      return { seat, fates: [fate], vmid: 20_001 + index, node: "pve1" };
    }),
  },
});
/** Of seats with four processors, two GiB of memory and a disk of eight. */
const seats = (machines: number, disks = machines) => {
  return { machines, cores: 4 * machines, memory: 2 * machines * GIB, storage: 8 * disks * GIB };
};

describe("a document's demand", () => {
  test("is all its seats, when it is made; and nothing before", () => {
    const { before, peak, after, unknown } = documentDemand(
      [step("OverlayPool", "create", poolOf(3))],
      undefined,
    );
    expect([before, peak, after, unknown]).toEqual([noAmounts, seats(3), seats(3), []]);
  });

  test("is what it has, where nothing is done with it", () => {
    const recorded = { parts: [recordedPool(3)] };
    const resting = { before: seats(3), peak: seats(3), after: seats(3), unknown: [] };
    expect(documentDemand([], recorded)).toEqual(resting);
    expect(documentDemand([step("OverlayPool", "same", poolOf(3))], recorded)).toEqual(resting);
  });

  test("is never less than what it has while seats leave, and nothing when all has left", () => {
    const recorded = { parts: [recordedPool(3)] };
    const shrunk = documentDemand([step("OverlayPool", "update", poolOf(1))], recorded);
    expect([shrunk.before, shrunk.peak, shrunk.after]).toEqual([seats(3), seats(3), seats(1)]);
    const gone = documentDemand([step("OverlayPool", "delete", poolOf(3))], recorded);
    expect([gone.peak, gone.after]).toEqual([seats(3), noAmounts]);
  });

  test("counts the disks that resets keep, those kept before, and not those given up", () => {
    const former = { former: { generation: 1, until: 1 } };
    const recorded = { parts: [recordedPool(4, { exceptions: { "seat-01": former, "seat-02": former } })] };
    const fates = { "seat-01": "kept", "seat-02": "undone", "seat-03": "reset", "seat-04": "kept" } as const;
    const { before, after } = documentDemand(
      [step("OverlayPool", "update", poolOf(4)), told(fates)],
      recorded,
    );
    expect([before, after]).toEqual([seats(4, 6), seats(4, 6)]);
  });

  test("counts the machines that bring fresh disks to linked clones, only while they are there", () => {
    const recorded = { parts: [recordedPool(4, { madeBy: "linked" })] };
    const fates = { "seat-01": "reset", "seat-02": "reset", "seat-03": "reset", "seat-04": "kept" } as const;
    const update = step("OverlayPool", "update", poolOf(4), { outputs: { madeBy: "linked" } });
    const { peak, after } = documentDemand([update, told(fates)], recorded);
    expect(after).toEqual(seats(4, 7));
    expect(peak).toEqual({ machines: 6, cores: 16 + 8, memory: 12 * GIB, storage: 8 * (4 + 2 + 1) * GIB });
  });

  test("counts a template for each node, and both while a generation replaces another", () => {
    const generation = { class: "lab", number: 2, owned: true, disks: base.disks };
    const recorded = {
      parts: [
        {
          urn: urnOf("BaseGeneration"),
          type: "coppice:index:BaseGeneration",
          outputs: { ...generation, copies: { pve1: { vmid: 20_090, files: {} } } },
        },
      ],
    };
    const wanted = { ...generation, number: 3, copies: { pve1: unknownValue, pve2: unknownValue } };
    const { before, peak, after, unknown } = documentDemand(
      [
        step("BaseGeneration", "create-replacement", wanted),
        step("BaseGeneration", "replace", wanted),
        step("BaseGeneration", "delete-replaced", generation),
      ],
      recorded,
    );
    const templates = (machines: number) => ({ ...noAmounts, machines, storage: 8 * machines * GIB });
    expect([before, peak, after, unknown]).toEqual([templates(1), templates(3), templates(2), []]);
  });

  test("says what is not known, and does not take it for nothing or for Proxmox's defaults", () => {
    const open = { ...base, disks: unknownValue, config: unknownValue, copies: unknownValue, number: 2 };
    const dataDisk = { size: "1GiB" };
    const { after, unknown } = documentDemand(
      [
        step("BaseGeneration", "create", {
          class: "lab",
          number: 2,
          owned: unknownValue,
          copies: unknownValue,
        }),
        step(
          "OverlayPool",
          "create",
          poolOf(3, { base: open, dataDisk, hardware: { cores: 2, memory: "4GiB" } }),
        ),
      ],
      undefined,
    );
    expect(after).toEqual({ machines: 3, cores: 0, memory: 12 * GIB, storage: 3 * GIB });
    expect(unknown.map(({ what, amounts }) => [what, amounts])).toEqual([
      ['generation 2 of class "lab"', ["machines", "storage"]],
      ['class "lab"', ["cores", "storage"]],
    ]);
  });
});

describe("what a stack has of a document", () => {
  const documents = [
    { kind: "LabClass", name: "lab", seats: {}, inputs: {}, parts: [recordedPool(3)] },
    { kind: "LabClass", name: "other", seats: {}, inputs: {}, parts: [recordedPool(1)] },
  ];

  test("is what is recorded of it alone, as far as its machines are there", () => {
    const lab = { kind: "LabClass", name: "lab" };
    expect(demandOfRecorded({ documents }, lab)).toEqual(seats(3));
    expect(demandOfRecorded({ documents }, lab, (vmid) => vmid === 20_002)).toEqual(seats(1));
    expect(demandOfRecorded({ documents }, { kind: "LabClass", name: "none" })).toEqual(noAmounts);
  });
});
