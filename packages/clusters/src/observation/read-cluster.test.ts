import { placeSeats } from "@coppice/core";
import type { PveCall, PveCaller } from "@coppice/pve";
import { expect, test } from "vitest";
import { readCluster } from "./read-cluster.ts";

const GIB = 2 ** 30;

/** Where six seats go in a cluster of these nodes. */
async function placesIn(nodes: readonly object[]): Promise<string[]> {
  const call = async <T>({ path, parse }: PveCall<T>) => parse(path === "/nodes" ? nodes : []);
  const client = { call } as unknown as PveCaller; // readCluster makes calls and nothing else
  const observed = await readCluster({ client });
  return placeSeats(6, { memory: GIB, processors: 1 }, observed.nodes).sort();
}

const large = { node: "pve1", status: "online", maxmem: 64 * GIB, maxcpu: 32 };
const small = { node: "pve2", status: "online", maxmem: 2 * GIB, maxcpu: 1 };
const silent = { node: "pve3", status: "online" };

test("seats go where there is most room", async () => {
  expect(await placesIn([large, small])).toEqual(Array(6).fill("pve1"));
});

test("they are spread evenly where a node hides how large it is from this token", async () => {
  expect(await placesIn([large, small, silent])).toEqual(["pve1", "pve1", "pve2", "pve2", "pve3", "pve3"]);
});

test("a node that is away hides nothing", async () => {
  expect(await placesIn([large, small, { ...silent, status: "offline" }])).toEqual(Array(6).fill("pve1"));
});

test("a node has promised what all its machines may take, templates but for nothing", async () => {
  const guest = { node: "pve1", type: "qemu", maxmem: 2 * GIB, maxcpu: 4 };
  const guests = [
    { ...guest, vmid: 100, status: "stopped" },
    { ...guest, vmid: 101, status: "running" },
    { ...guest, vmid: 9000, status: "stopped", template: 1 },
    { ...guest, vmid: 102, status: "running", node: "pve2" },
    { vmid: 103, node: "pve1", type: "qemu", status: "stopped" },
  ];
  const call = async <T>({ path, parse }: PveCall<T>) => parse(path === "/nodes" ? [large] : guests);
  const client = { call } as unknown as PveCaller; // readCluster makes calls and nothing else
  const [node] = (await readCluster({ client })).nodes;
  expect(node).toMatchObject({ memoryCommitted: 4 * GIB, coresCommitted: 8 });
});
