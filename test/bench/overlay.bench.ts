import { statSync } from "node:fs";
import { join } from "node:path";
import { compare } from "./frame/compare.ts";
import type { Row, Target } from "./frame/row.ts";
import { BenchCluster } from "./overlay/bench-cluster.ts";
import { BusySpan } from "./overlay/busy-span.ts";
import {
  addMachines,
  allocatedKiB,
  discardOverlays,
  dropMachines,
  localLoop,
  overlaysOverSsh,
  renewOverSsh,
} from "./overlay/disk-side.ts";
import { clones, removePeers, sixCommands } from "./overlay/peers.ts";
import { removals } from "./overlay/removal-rows.ts";
import { dropBase, intoOurs, intoUsual, makeBase, type WriteCost } from "./overlay/small-writes.ts";

const seats = Array.from({ length: 25 }, (_, index) => 21_000 + index);
const thousand = Array.from({ length: 1000 }, (_, index) => 22_000 + index);
const atMost = (value: number): Target => ({ of: "ratio", limit: "at most", value });

/**
 * What a class costs, against the ways without Coppice. A peer's time is an `up` of the same program without seats,
 * then the peer's own calls: both sides pay for the engine.
 */
export async function rows(): Promise<Row[]> {
  await using bench = await BenchCluster.start();
  const result = [...(await disks(bench)), ...(await smallWrites(bench)), ...(await classes(bench))];
  result.push(...(await removals(bench)));
  await using large = await BenchCluster.start({ latency: "none" });
  return [...result, ...(await thousands(large))];
}

async function disks({ lab }: BenchCluster): Promise<Row[]> {
  const overSsh = async (vmids: readonly number[], check: boolean): Promise<number> => {
    const took = await overlaysOverSsh(lab, vmids);
    await discardOverlays(lab, vmids, check);
    return took;
  };
  const make = await compare({
    metric: "disks of 25 seats over SSH, connection included, against a local loop of qemu-img create",
    unit: "ms",
    rounds: 9,
    ours: () => overSsh(seats, false),
    peer: () => localLoop(25),
    target: atMost(0.5),
  });
  const many = await compare({
    metric: "1,000 overlays, each checked, against that loop",
    unit: "ms",
    rounds: 3,
    ours: () => overSsh(thousand, true),
    peer: () => localLoop(1000),
    target: atMost(0.1),
  });
  await overlaysOverSsh(lab, seats);
  await addMachines(lab, seats);
  const reset = await compare({
    metric: "fresh disks for 25 existing seats, against re-creating each by qemu-img create",
    unit: "ms",
    rounds: 9,
    ours: () => renewOverSsh(lab, seats),
    peer: () => localLoop(25),
    target: atMost(0.5),
  });
  const size = await compare({
    metric: "a fresh overlay on disk",
    unit: "KiB",
    rounds: 1,
    ours: () => allocatedKiB(lab, "/var/lib/vz/images/21003/vm-21003-disk-0.qcow2"),
    target: { of: "ours", limit: "at most", value: 16 },
  });
  await dropMachines(lab, seats);
  await discardOverlays(lab, seats);
  return [make, many, reset, size];
}

/** What a guest pays for its first small writes, beside an overlay with qemu-img's usual clusters of 64 KiB. */
async function smallWrites({ lab }: BenchCluster): Promise<Row[]> {
  await makeBase(lab);
  const row = (what: string, unit: string, cost: keyof WriteCost, target: number) =>
    compare({
      metric: `2,000 writes of 4 KiB into a fresh overlay: ${what}, against usual clusters`,
      unit,
      rounds: 5,
      ours: async () => (await intoOurs(lab))[cost],
      peer: async () => (await intoUsual(lab))[cost],
      target: atMost(target),
    });
  const result = [await row("time", "ms", "ms", 0.7), await row("growth on disk", "MB", "mb", 0.1)];
  await dropBase(lab);
  return result;
}

/** A way to 25 machines without Coppice. */
interface Peer {
  readonly way: string;
  readonly work: (lab: BenchCluster["lab"]) => Promise<void>;
  /** Ours takes at most this part of the peer's time. */
  readonly target: number;
  /** @default "overlay" */
  readonly method?: string;
}

const oneByOne = {
  way: "linked clones by API, one after the other",
  work: (lab) => clones(lab, seats, { atOnce: 1 }),
  target: 1 / 2,
} satisfies Peer;

const fourAtOnce = {
  way: "linked clones by API, four at once",
  work: (lab) => clones(lab, seats, { atOnce: 4 }),
  target: 1 / 1.2,
} satisfies Peer;

const peers: readonly Peer[] = [
  {
    way: "six commands a machine, one after the other",
    work: (lab) => sixCommands(lab, seats),
    target: 1 / 8,
  },
  oneByOne,
  { ...oneByOne, method: "bulk" },
  fourAtOnce,
  { ...fourAtOnce, method: "linked", target: 1 },
  {
    way: "full clones by API, three at once",
    work: (lab) => clones(lab, seats, { atOnce: 3, full: true }),
    target: 1 / 1.5,
  },
];

async function classes(bench: BenchCluster): Promise<Row[]> {
  // A template without data would flatter full clones; 256 MiB fit the bench.
  const base = "/var/lib/vz/images/9100/base-9100-disk-0.qcow2";
  await bench.lab.shell("pve1", `qemu-io -f qcow2 -c "write -P 7 0 256M" ${base}`);
  const result: Row[] = [];
  for (const peer of peers) result.push(await against(bench, peer));
  return [...result, await startUp(bench), await bulk(bench)];
}

async function against(bench: BenchCluster, { way, work, target, method }: Peer): Promise<Row> {
  return await compare({
    metric: `class of 25 by pulumi up${method === undefined ? "" : `, by ${method}`}, against ${way}`,
    unit: "ms",
    rounds: 3,
    ours: async () => {
      const took = await bench.up(25, method);
      await bench.up(0);
      return took;
    },
    peer: async () => {
      const start = performance.now();
      await bench.up(0);
      await work(bench.lab);
      const took = performance.now() - start;
      await removePeers(bench.lab);
      return took;
    },
    target: atMost(target),
  });
}

/** What is left of an update when the work on the cluster is taken away: engine, program and plugin. */
async function startUp(bench: BenchCluster): Promise<Row> {
  const span = new BusySpan(bench.lab.emulator);
  const besideWork = async (seats: number): Promise<number> => {
    span.start();
    const took = await bench.up(seats);
    return took - span.ms;
  };
  return await compare({
    metric: "engine and Node inside an up of 25 seats, against the same program without seats",
    unit: "ms",
    rounds: 5,
    ours: async () => {
      const took = await besideWork(25);
      await bench.up(0);
      return took;
    },
    peer: () => besideWork(0),
    target: atMost(1.15),
  });
}

async function bulk(bench: BenchCluster): Promise<Row> {
  const by = async (method: string): Promise<number> => {
    const took = await bench.up(200, method);
    await bench.up(0, method);
    return took;
  };
  return await compare({
    metric: "200 seats by bulk, against 200 by API creates, whole pulumi up",
    unit: "ms",
    rounds: 3,
    ours: () => by("bulk"),
    peer: () => by("overlay"),
    target: atMost(1 / 4),
  });
}

async function thousands(bench: BenchCluster): Promise<Row[]> {
  await using empty = await BenchCluster.start({ latency: "none" });
  await empty.up(0);
  await bench.up(1000, "bulk");
  bench.lab.control.resetCounters();
  const preview = await compare({
    metric: "no-change preview of 1,000 seats, against the program without seats",
    unit: "ms",
    rounds: 5,
    ours: () => bench.preview(1000, "bulk"),
    peer: () => empty.preview(0),
    target: atMost(1.5),
  });
  const calls = await compare({
    metric: "calls to Proxmox of such a preview",
    unit: "calls",
    rounds: 1,
    ours: () => Object.values(bench.lab.control.counters().requests).reduce((sum, count) => sum + count, 0),
    target: { of: "ours", limit: "at most", value: 0 },
  });
  const checkpoint = await compare({
    metric: "checkpoint of 1,000 seats",
    unit: "KB",
    rounds: 1,
    ours: () => statSync(join(bench.project.folder, "state/.pulumi/stacks/program/test.json")).size / 1000,
    target: { of: "ours", limit: "at most", value: 150 },
  });
  return [preview, calls, checkpoint];
}
