import type { PveCall, PveCaller } from "@coppice/pve";
import { expect, test } from "vitest";
import { readCapacity } from "./read-capacity.ts";

const GIB = 2 ** 30;

/** What is read of a cluster that lists these, and which calls it takes. */
async function read(rows: readonly object[]) {
  const calls: string[] = [];
  const call = async <T>({ path, params, parse }: PveCall<T>) => {
    calls.push(`${path} ${JSON.stringify(params)}`);
    return parse(rows);
  };
  const client = { call } as unknown as PveCaller; // readCapacity makes calls and nothing else
  return { ...(await readCapacity({ client })), calls };
}

const node = { type: "node", node: "pve1", status: "online", maxmem: 64 * GIB };
const guest = { type: "qemu", node: "pve1", status: "stopped", maxmem: 2 * GIB };
const storage = { type: "storage", status: "available", disk: 3 * GIB, maxdisk: 10 * GIB };

test("memory and room of a cluster are one call, which names other things too", async () => {
  const found = await read([
    { type: "pool", pool: "lab" },
    node,
    { ...guest, vmid: 100 },
    { ...guest, vmid: 101, type: "lxc", status: "running" },
    { ...guest, vmid: 9000, template: 1 },
    { ...storage, storage: "local", node: "pve1", shared: 0 },
    { type: "sdn", node: "pve1", sdn: "localnetwork" },
  ]);
  expect(found).toEqual({
    calls: ["/cluster/resources undefined"],
    nodes: [{ node: "pve1", isOnline: true, memory: 64 * GIB, promised: 4 * GIB }],
    storages: [{ storage: "local", nodes: ["pve1"], isShared: false, size: 10 * GIB, used: 3 * GIB }],
  });
});

test("a shared storage is one, whichever of its nodes tells how full it is; each other is one for itself", async () => {
  const silent = { ...storage, disk: undefined, maxdisk: undefined };
  const { storages } = await read([
    { ...silent, storage: "nas", node: "pve1", shared: 1 },
    { ...storage, storage: "nas", node: "pve2", shared: 1 },
    { ...storage, storage: "local", node: "pve1", shared: 0 },
    { ...storage, storage: "local", node: "pve2", shared: 0, disk: GIB },
  ]);
  expect(storages.map(({ storage: name, nodes, used }) => [name, nodes, used])).toEqual([
    ["nas", ["pve1", "pve2"], 3 * GIB],
    ["local", ["pve1"], 3 * GIB],
    ["local", ["pve2"], GIB],
  ]);
});

test("what nobody tells is not there, and not nothing", async () => {
  const { nodes, storages } = await read([
    { type: "node", node: "pve1", status: "online" },
    { type: "storage", storage: "nas", node: "pve1", status: "unknown", shared: 1 },
  ]);
  expect(nodes).toEqual([{ node: "pve1", isOnline: true, promised: 0 }]);
  expect(storages).toEqual([{ storage: "nas", nodes: ["pve1"], isShared: true }]);
});
