import { type ClusterCapacity, type FreeRoom, type StorageRoom, sizeWords } from "@coppice/core";
import type { RiskFinding, StorageLoad } from "../terms/risk-verdict.ts";
import type { ClusterShift, ThinDisk } from "./cluster-shift.ts";

/** How the storages on which disks come are loaded afterwards. */
export function storageLoads(
  cluster: string,
  { storages }: ClusterCapacity,
  { fresh, present, rooms: told }: ClusterShift,
): StorageLoad[] {
  const rooms = [...storages, ...unlisted(storages, fresh)];
  return rooms.flatMap((room) => {
    const { storage, nodes } = room;
    const here = (disks: readonly ThinDisk[]) =>
      disks.filter((disk) => disk.storage === storage && nodes.includes(disk.node));
    const [made, there] = [here(fresh), here(present)];
    if (made.length === 0) return [];
    const machines = [...new Set(made.map(({ machine }) => machine))];
    return [{ cluster, ...room, ...freeOf(room, told), machines, fresh: sumOf(made), present: sumOf(there) }];
  });
}

/** A storage that keeps something back has less free than is not used: its nodes tell that, where previews asked one. */
function freeOf({ storage, nodes, size, used }: StorageRoom, told: readonly FreeRoom[]): { free?: number } {
  const seen = told.filter((each) => each.storage === storage && nodes.includes(each.node));
  const all = [
    ...seen.map(({ free }) => free),
    ...(size === undefined || used === undefined ? [] : [size - used]),
  ];
  return all.length === 0 ? {} : { free: Math.min(...all) };
}

/** Whoever may not look at a storage is not told that there is one, nor whether its nodes share it. */
function unlisted(storages: readonly StorageRoom[], disks: readonly ThinDisk[]): StorageRoom[] {
  const hidden = disks.filter(
    (disk) => !storages.some(({ storage, nodes }) => storage === disk.storage && nodes.includes(disk.node)),
  );
  const names = Map.groupBy(hidden, ({ storage }) => storage);
  return [...names].map(([storage, group]) => {
    return { storage, nodes: [...new Set(group.map(({ node }) => node))].sort(), isShared: true };
  });
}

function sumOf(disks: readonly ThinDisk[]): number {
  return disks.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Storages that could run full. An overlay takes next to nothing when it is made, and comes to the size of its disk in the
 * end: the disks of this change, and those that are there and grow beside them.
 */
export function findFullStorages(loads: readonly StorageLoad[]): RiskFinding[] {
  return loads.flatMap((load): RiskFinding[] => {
    const { cluster, fresh, present, size, used, free } = load;
    const figures = {
      fresh,
      present,
      ...(size !== undefined && { size }),
      ...(used !== undefined && { used }),
      ...(free !== undefined && { free }),
    };
    const common = { kind: "storage", cluster, seats: load.machines, nodes: load.nodes, figures } as const;
    if (free === undefined) return [{ ...common, severity: "note", reason: unknownWords(load) }];
    if (fresh > free) return [{ ...common, severity: "danger", reason: freshWords(load, free) }];
    if (fresh + present > free) return [{ ...common, severity: "warning", reason: worstWords(load, free) }];
    return [];
  });
}

/** Machines whose disks lie on one node: when that is away, they are too. Where there is one node only that is no news. */
export function findLocalDisks(
  loads: readonly StorageLoad[],
  { nodes }: ClusterShift,
  count: number,
): RiskFinding[] {
  const made = new Set([...nodes.values()].flatMap((each) => each.made));
  const local = count < 2 ? [] : loads.filter(({ isShared }) => !isShared);
  return [...Map.groupBy(local, ({ storage }) => storage)].flatMap(([storage, group]) => {
    const [first] = group;
    const seats = group.flatMap(({ machines }) => machines.filter((machine) => made.has(machine)));
    if (first === undefined || seats.length === 0) return [];
    return [
      {
        kind: "node-lost",
        severity: "note",
        cluster: first.cluster,
        reason: `Storage '${storage}' is each node's own: with a node lost, its new machines are away until it is back.`,
        seats,
        nodes: group.flatMap((load) => load.nodes),
        figures: {},
      },
    ];
  });
}

function freshWords(load: StorageLoad, free: number): string {
  return `The disks that are made now may grow to ${sizeWords(load.fresh)}, and ${nameOf(load)} has ${sizeWords(free)} free: every machine on it stops when it is full.`;
}

function worstWords(load: StorageLoad, free: number): string {
  const { fresh, present } = load;
  return `In the worst case ${nameOf(load)} runs full: it has ${sizeWords(free)} free, its new disks may grow to ${sizeWords(fresh)}, and those there to ${sizeWords(present)}, what they hold already included.`;
}

function unknownWords(load: StorageLoad): string {
  return `How much is free on ${nameOf(load)} is not known (the token needs Datastore.Audit on it): its new disks may grow to ${sizeWords(load.fresh)}.`;
}

function nameOf({ storage, nodes }: StorageLoad): string {
  return nodes.length === 1 ? `storage '${storage}' of ${nodes[0]}` : `storage '${storage}'`;
}
