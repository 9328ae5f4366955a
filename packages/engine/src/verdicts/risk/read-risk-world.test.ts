import { CoppiceError } from "@coppice/core";
import { expect, test } from "vitest";
import { classVerdict, seat, stackOf } from "./fixtures/judged-stack.ts";
import { readRiskWorld } from "./read-risk-world.ts";

const nothing = { nodes: [], storages: [] };

/** Which clusters are asked about a preview of these seats. */
async function asked(...seats: Parameters<typeof classVerdict>) {
  const clusters: string[] = [];
  const capacityOf = (cluster: string) => {
    clusters.push(cluster);
    return Promise.resolve(nothing);
  };
  const stack = stackOf([classVerdict(...seats)]);
  await readRiskWorld({ capacityOf }, [stack, stack], new AbortController().signal);
  return clusters;
}

test("a cluster is asked once, and only where machines or disks come or change", async () => {
  expect(await asked([seat("ada", 101, "made")])).toEqual(["main"]);
  expect(await asked([seat("ada", 101, "kept"), seat("bob", 102, "reset")])).toEqual(["main"]);
  expect(await asked([seat("ada", 101, "changed")])).toEqual(["main"]);
  expect(await asked([seat("ada", 101, "kept"), seat("bob", 102, "removed")])).toEqual([]);
  const copies = [{ name: "lab generation 2", storage: "nas", node: "pve1", size: 1 }];
  expect(await asked([seat("ada", 101, "deferred")], { copies })).toEqual(["main"]);
  expect(await asked([seat("ada", 101, "made")], { change: "refused" })).toEqual([]);
  expect(await asked([seat("ada", 101, "removed")], { change: "delete" })).toEqual([]);
});

test("one that does not answer is told as that; a bug is none of it, and who stops it is not told anything", async () => {
  const world = async (error: unknown, signal = new AbortController().signal) => {
    const capacityOf = () => Promise.reject(error);
    return await readRiskWorld({ capacityOf }, [stackOf([classVerdict([seat("ada", 101, "made")])])], signal);
  };
  const away = new CoppiceError("pve.connection", { what: "It is away" });
  expect((await world(away)).capacities).toEqual({ main: { unread: "It is away [pve.connection]" } });
  await expect(world(new TypeError("a bug"))).rejects.toThrow("a bug");
  expect((await world(away, AbortSignal.abort())).capacities).toEqual({});
});
