import type { OperationName } from "./crash-cases.ts";
import type { Wish } from "./class-stack.ts";

/** What an operation starts from, what is wanted, and what must stand in the end. */
export interface Operation {
  readonly from: "nothing" | "class";
  readonly command: "up" | "destroy";
  readonly wish: Wish;
  /** Machines of ours afterwards, by number. */
  readonly machines: Readonly<Record<number, string>>;
  /** Numbers of the seats that must stand on a fresh disk of this base, with their former one kept. */
  readonly renewed?: { readonly seats: readonly number[]; readonly base: string };
}

const three = { 20001: "lab-seat-01", 20003: "lab-seat-02", 20004: "lab-seat-03" };

/** A class that every later operation starts from. */
export const firstWish: Wish = { seats: 3 };

/** The operations. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  create: { from: "nothing", command: "up", wish: firstWish, machines: three },
  resize: { from: "class", command: "up", wish: { seats: 4 }, machines: { ...three, 20005: "lab-seat-04" } },
  publish: {
    from: "class",
    command: "up",
    wish: { seats: 3, publish: { generation: 2, from: { vmid: 9001 } } },
    machines: { ...three, 20099: "lab-generation-2" },
    renewed: { seats: [20001, 20003, 20004], base: "nas:20099/base-20099-disk-0.qcow2" },
  },
  reset: {
    from: "class",
    command: "up",
    wish: { seats: 3, reset: { "seat-02": "monday" } },
    machines: three,
    renewed: { seats: [20003], base: "nas:9000/base-9000-disk-0.qcow2" },
  },
  destroy: { from: "class", command: "destroy", wish: firstWish, machines: {} },
};
