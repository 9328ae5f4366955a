import { CoppiceError, isList, type Properties, vmidLimits } from "@coppice/core";

/** A range of machine numbers, both ends included. */
export interface VmidRange {
  readonly from: number;
  readonly to: number;
}

/** Numbers that a class may not get. */
export interface TakenVmids {
  /** Of guests of the cluster. */
  readonly guests: Iterable<number>;
  /** Of other documents. */
  readonly ranges: readonly VmidRange[];
}

/** The first number that is given out. */
const FIRST = 20_000;
const BLOCK = 100;

/** Beside each seat, the machine that takes its place while the seat itself waits for its removal; and generations. */
const ROOM_PER_SEAT = 2;
const ROOM = 10;

/**
 * The numbers of a document that leaves them out: the first block of hundreds that nobody has any of, large enough for its
 * seats, its teacher and what comes later.
 *
 * @example chooseVmids({ seats: 25 }, { guests: [9000, 20007], ranges: [] }) // { from: 20100, to: 20199 }
 */
export function chooseVmids(inputs: Properties, { guests, ranges }: TakenVmids): VmidRange {
  const size = Math.ceil((seatsOf(inputs) * ROOM_PER_SEAT + ROOM) / BLOCK) * BLOCK;
  const taken = [...ranges, ...[...guests].map((vmid) => ({ from: vmid, to: vmid }))];
  for (let from = FIRST; from + size - 1 <= vmidLimits.last; ) {
    const to = from + size - 1;
    const first = taken.find((range) => range.from <= to && range.to >= from);
    if (first === undefined) return { from, to };
    from = (Math.floor(first.to / BLOCK) + 1) * BLOCK;
  }
  throw new CoppiceError("pool.range-too-small", {
    what: `No ${size} numbers in a row are free from ${FIRST} on`,
    why: "guests and other documents have some in every block",
    wayOut: "Give the document numbers of its own in 'vmids'",
  });
}

function seatsOf({ seats, roster }: Properties): number {
  if (isList(roster)) return roster.length;
  return typeof seats === "number" ? seats : 0;
}
