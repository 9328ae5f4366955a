import { type Bytes, type Demand, type FreeRoom, seatDemand } from "@coppice/core";
import type { DocumentVerdict, SeatChange, SeatsDemand } from "../../../changes/change-verdict.ts";
import type { RecordedMachine } from "../terms/recorded-pools.ts";

/** What changes of a cluster's memory and storages. */
export interface ClusterShift {
  /** By node: how much more its machines may take, below zero where they take less; and which come, by their host names. */
  readonly nodes: ReadonlyMap<string, { readonly memory: number; readonly made: readonly string[] }>;
  /** Disks that are made now, each with what it may grow to. */
  readonly fresh: readonly ThinDisk[];
  /** Disks that there are and that go on growing, of documents of this home. */
  readonly present: readonly ThinDisk[];
  /** What storages have free, as far as previews looked at it. */
  readonly rooms: readonly FreeRoom[];
  /** Documents whose seats' demand nobody knows yet. */
  readonly unknown: readonly DocumentVerdict[];
}

/** Disks of one machine on one storage, or of a template. */
export interface ThinDisk {
  /** The machine's host name, or what the template is. */
  readonly machine: string;
  readonly storage: string;
  readonly node: string;
  readonly size: Bytes;
}

/** Sums up what documents change of one cluster, by what placing and the check for room reckon with. */
export function clusterShift(
  documents: readonly DocumentVerdict[],
  recorded: ReadonlyMap<number, RecordedMachine>,
): ClusterShift {
  const done = documents.filter(isDone);
  const changes = done.flatMap((document) => changesIn(document, recorded));
  const nodes = [...Map.groupBy(changes, ({ node }) => node)].map(([node, group]) => {
    const memory = group.reduce((sum, change) => sum + change.memory, 0);
    const made = group.flatMap(({ machine, isMade }) => (isMade ? [machine] : []));
    return [node, { memory, made }] as const;
  });
  const renewed = new Set(changes.flatMap(({ vmid, ends }) => (ends ? [vmid] : [])));
  return {
    nodes: new Map(nodes),
    fresh: [...changes.flatMap((change) => disksOn(change, change.disks)), ...done.flatMap(copiesOf)],
    present: [...recorded].flatMap(([vmid, machine]) => (renewed.has(vmid) ? [] : disksThere(machine))),
    rooms: documents.flatMap(({ seatDemands = [] }) => seatDemands.flatMap(({ rooms = [] }) => rooms)),
    unknown: documents.filter((document) => isDone(document) && asksUnknown(document)),
  };
}

/** A full copy comes to the size of its disks. */
function copiesOf({ copies = [] }: DocumentVerdict): ThinDisk[] {
  return copies.map(({ name: machine, ...disk }) => ({ machine, ...disk }));
}

/** What is refused is not made. */
function isDone({ change }: DocumentVerdict): boolean {
  return change === "create" || change === "update" || change === "delete";
}

/** What changes with one machine. */
interface MachineChange {
  readonly vmid: number;
  readonly machine: string;
  readonly node: string;
  readonly memory: number;
  readonly isMade: boolean;
  /** Its disks of now grow no more: they go, or are kept as they are. */
  readonly ends: boolean;
  readonly disks: Demand["disks"];
}

function changesIn(
  document: DocumentVerdict,
  recorded: ReadonlyMap<number, RecordedMachine>,
): MachineChange[] {
  const demands = new Map(
    (document.seatDemands ?? []).flatMap((each) => each.vmids.map((vmid) => [vmid, each] as const)),
  );
  return document.seats.map((seat) => ({
    machine: hostNameOf(document.name, seat.name),
    ...changeOf(seat, demands.get(seat.vmid), recorded.get(seat.vmid)),
  }));
}

function changeOf(
  { vmid, node, change }: SeatChange,
  demand: SeatsDemand | undefined,
  machine: RecordedMachine | undefined,
): Omit<MachineChange, "machine"> {
  const here = { vmid, node };
  const none = { isMade: false, ends: false, disks: {} };
  const before = machine === undefined ? 0 : demandThere(machine).memory;
  if (change === "removed") return { ...here, ...none, memory: -before, ends: true };
  const { made, reset } = demand ?? {};
  // A machine that is gone is not among the cluster's any more.
  if (change === "made" || change === "gone") {
    return { ...here, isMade: true, ends: true, memory: made?.memory ?? 0, disks: made?.disks ?? {} };
  }
  const memory = machine === undefined || made === undefined ? 0 : made.memory - before;
  const isReset = change === "reset" || change === "reset-if-untouched";
  if (!isReset || reset === undefined) return { ...here, ...none, memory };
  return { ...here, isMade: false, ends: true, memory, disks: reset.disks };
}

function demandThere({ pool }: RecordedMachine): Demand {
  return seatDemand(pool.base, pool);
}

function disksThere(machine: RecordedMachine): ThinDisk[] {
  const isGone = machine.pool.exceptions?.[machine.seat]?.gone === true;
  return isGone
    ? []
    : disksOn(
        { machine: hostNameOf(machine.pool.class, machine.seat), node: machine.node },
        demandThere(machine).disks,
      );
}

function hostNameOf(name: string, seat: string): string {
  return `${name}-${seat}`;
}

function disksOn({ machine, node }: Pick<ThinDisk, "machine" | "node">, disks: Demand["disks"]): ThinDisk[] {
  return Object.entries(disks).map(([storage, size]) => ({ machine, storage, node, size }));
}

function asksUnknown({ seats, seatDemands = [] }: DocumentVerdict): boolean {
  const known = new Set(seatDemands.flatMap(({ vmids }) => vmids));
  return seats.some(({ change, vmid }) => (change === "made" || change === "gone") && !known.has(vmid));
}
