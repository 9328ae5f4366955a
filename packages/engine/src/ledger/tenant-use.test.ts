import { noAmounts } from "@coppice/core";
import { expect, test } from "vitest";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import { type TenantMember, tenantUsed } from "./tenant-use.ts";

const GIB = 2 ** 30;
const machine = (vmid: number): TenantMember => {
  return { vmid, amounts: { machines: 1, cores: 1, memory: GIB, storage: GIB } };
};
const base = {
  number: 1,
  storage: "nas",
  owned: true,
  copies: { pve1: { vmid: 20_090, files: {} } },
  disks: [{ slot: "scsi0", format: "qcow2", size: 8 * GIB }],
  config: { cores: "2", memory: "2048" },
};
const seats = { ada: { vmid: 20_001, node: "pve1" }, grace: { vmid: 20_002, node: "pve1" } };
const lab: RecordedDocument = {
  kind: "LabClass",
  name: "lab",
  seats,
  inputs: { vmids: { from: 20_000, to: 20_099 } },
  parts: [
    { urn: "generation", type: "coppice:index:BaseGeneration", outputs: { class: "lab", ...base } },
    { urn: "pool", type: "coppice:index:OverlayPool", outputs: { class: "lab", base, count: 2, seats } },
  ],
};
const used = (vmids: readonly number[], given: readonly RecordedDocument[] = []) =>
  tenantUsed(vmids.map(machine), { recorded: [lab], given });

test("what the stack has counts at its worst, as far as it is there, and once", () => {
  expect(used([20_001, 20_002, 20_090])).toEqual({
    machines: 3,
    cores: 4,
    memory: 4 * GIB,
    storage: (2 + 1) * 8 * GIB,
  });
  expect(used([20_001])).toEqual({ machines: 1, cores: 2, memory: 2 * GIB, storage: 8 * GIB });
});

test("what is somebody else's counts as Proxmox says it", () => {
  expect(used([500, 501])).toEqual({ machines: 2, cores: 2, memory: 2 * GIB, storage: 2 * GIB });
  expect(used([])).toEqual(noAmounts);
});

test("what an interrupted run made of a class is no stranger to the run that goes on with it", () => {
  expect(used([20_050]).machines).toBe(1);
  expect(used([20_050, 20_100], [lab]).machines).toBe(1);
});
