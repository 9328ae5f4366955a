import { holdRoom, type PoolReading, readOwnPool, runOrders, storageOrders } from "@coppice/clusters";
import { CoppiceError, copyFor, type FreeRoom, rootOnlyOptions } from "@coppice/core";
import { assertQuorate, PveError } from "@coppice/pve";
import { byNode, type ClassRun } from "../class-run/class-run.ts";
import { assertNetwork } from "./assert-network.ts";
import { assertResettable } from "./assert-resettable.ts";
import { assertRights } from "./assert-rights.ts";
import { assertStorages } from "./assert-storage.ts";
import { asksForMore, classRoom } from "./class-room.ts";
import { isPoolChanged } from "./needed-rights.ts";
import { cannot, refusal } from "./refusal.ts";

/** What a run was let through with. */
interface Passed {
  /** Ends the room that is held for it in its tenant's limits. */
  release(): void;
  /** What storages have free that were looked at. */
  readonly rooms: readonly FreeRoom[];
}

/**
 * Refuses a run that could not be carried out, before anything is changed: storages, space, bridges, rights, limits,
 * and options of the template that a token cannot set. Little is asked when no machine is to be made.
 */
export async function assertPossible(run: ClassRun, mode: PoolReading["mode"]): Promise<Passed> {
  await assertQuorum(run);
  assertSameGeneration(run);
  assertResettable(run);
  const fresh = run.plan.seats.filter(({ verb, found }) => verb === "make" && found !== true);
  const isAsking = fresh.length > 0 || isPoolChanged(run) || asksForMore(run);
  const what = cannot(run);
  const pool = isAsking ? await readOwnPool(run.cluster, { ...run.inputs, what }, mode) : undefined;
  assertRights(run);
  if (fresh.length > 0) {
    assertTokenCanCreate(run);
    assertMethod(run);
  }
  const nodes = [...byNode(fresh).keys()];
  const [rooms] = await Promise.all([
    assertStorages(run, fresh),
    assertNetwork(run),
    assertShells(run, nodes),
  ]);
  if (pool === undefined) return { release: () => undefined, rooms };
  return { release: await holdRoom(run.cluster, pool, classRoom(run), run.context), rooms };
}

/**
 * Without quorum Proxmox refuses changes half-way through them. A token that may not ask is believed: before each
 * removal, where Proxmox would destroy disks and keep the configurations, quorum is proved by a write.
 */
async function assertQuorum({ plan, cluster }: ClassRun): Promise<void> {
  if (plan.seats.every(({ verb }) => verb === "keep" || verb === "defer")) return;
  try {
    await assertQuorate(cluster.client);
  } catch (error) {
    if (!PveError.is(error, "pve.forbidden")) throw error;
  }
}

/** Every node's shell answers and finds the storage: the last check, and the connection serves the work that follows. */
async function assertShells(run: ClassRun, nodes: readonly string[]): Promise<void> {
  if (run.madeBy === "linked") return;
  const orders = storageOrders(run.mark, run.inputs.base.storage);
  await Promise.all(nodes.map((node) => runOrders(run.cluster, node, orders)));
}

/** A generation never changes: the same number on other files would put seats of one class on two bases unseen. */
function assertSameGeneration({ inputs, recorded }: ClassRun): void {
  if (recorded === undefined || recorded.generation !== inputs.base.number) return;
  const isSame = Object.keys(recorded.base.copies).some(
    (node) => copyFor(inputs.base, node)?.vmid === recorded.base.copies[node]?.vmid,
  );
  if (isSame) return;
  throw new CoppiceError("generation.changed", {
    what: `Generation ${inputs.base.number} of class '${inputs.class}' stands on another template now`,
    why: "a generation never changes",
    wayOut: `Publish it as number ${inputs.base.number + 1}`,
  });
}

/** Copying configuration files needs root on the nodes, so whoever runs the cluster has to allow it. */
function assertMethod(run: ClassRun): void {
  const { name, bulk } = run.cluster.settings;
  if (run.madeBy !== "bulk" || bulk) return;
  throw refusal(
    run,
    "pool.bulk-off",
    `'method' is "bulk", and cluster '${name}' does not allow it`,
    `Set 'bulk: true' for the cluster (in its document, or in a stack's coppice:clusters.${name}), or 'method' to "overlay"`,
  );
}

function assertTokenCanCreate(run: ClassRun): void {
  const { config } = run.inputs.base;
  const found = rootOnlyOptions.filter((option) => config[option] !== undefined);
  if (found.length === 0 || run.madeBy === "linked") return;
  throw refusal(
    run,
    "pool.root-only-option",
    `the template has ${found.map((option) => `'${option}'`).join(", ")}, which Proxmox lets only root set`,
    "Remove it from the template, or set 'method' to \"linked\"",
  );
}
