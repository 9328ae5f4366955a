import { expect, test } from "vitest";
import { withLimits } from "../ownership/limits-mark.ts";
import { configuredAmounts } from "./read-members.ts";
import { amountsOf, tenantUse } from "./tenant-use.ts";

const GIB = 2 ** 30;
const guest = { type: "qemu", node: "pve1", storage: undefined, name: "lab-ada", template: false };
const told = { maxcpu: 2, maxmem: 2 * GIB, maxdisk: 8 * GIB };
const untold = { maxcpu: undefined, maxmem: undefined, maxdisk: undefined };
const pool = {
  poolid: "acme",
  comment: withLimits("Physics", "acme", { machines: 40 }),
  members: [
    { ...guest, id: "qemu/100", vmid: 100, ...told },
    { ...guest, id: "qemu/101", vmid: 101, ...untold },
    { ...guest, id: "qemu/102", vmid: 102, ...told, template: true },
    { ...guest, id: "storage/pve1/nas", type: "storage", vmid: undefined, storage: "nas", ...untold },
  ],
};

test("what is used is what the pool's machines may take, templates their disks alone", () => {
  const use = tenantUse("acme", pool);
  expect(use?.limits).toEqual({ machines: 40 });
  expect(use?.members.map(({ vmid, amounts }) => [vmid, amounts !== undefined])).toEqual([
    [100, true],
    [101, false],
    [102, true],
  ]);
  expect(amountsOf(use?.members ?? [])).toEqual({
    machines: 3,
    cores: 2,
    memory: 2 * GIB,
    storage: 16 * GIB,
  });
});

test("a machine that was met in its making, without a disk, has told nothing yet", () => {
  const [first] = pool.members;
  const members = first === undefined ? [] : [{ ...first, maxdisk: 0 }];
  expect(tenantUse("acme", { ...pool, members })?.members[0]?.amounts).toBeUndefined();
});

test("a pool without limits is no tenant's", () => {
  expect(tenantUse("lab", { ...pool, comment: "Physics" })).toBeUndefined();
});

test("a configuration tells what a list does not tell yet, with every disk", () => {
  const values = {
    sockets: "2",
    cores: "3",
    memory: "2048",
    scsi0: "nas:100/vm-100-disk-0.qcow2,size=8G",
    scsi1: "nas:100/vm-100-disk-1.qcow2,serial=coppice-data,size=1G",
    ide2: "nas:iso/debian.iso,media=cdrom,size=600M",
  };
  const seat = { machines: 1, cores: 6, memory: 2 * GIB, storage: 9 * GIB };
  expect(configuredAmounts({ template: false, values })).toEqual(seat);
  expect(configuredAmounts({ template: true, values })).toEqual({ ...seat, cores: 0, memory: 0 });
});
