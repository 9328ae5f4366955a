import type { Wish } from "../class/wished-class.ts";
import type { OperationName } from "./crash-cases.ts";

/** What an operation starts from, what is wanted, and what must stand in the end. */
export interface Operation {
  readonly from: "nothing" | "class";
  readonly command: "up" | "destroy";
  readonly wish: Wish;
  /** Seats afterwards, by number. */
  readonly seats: Readonly<Record<number, string>>;
  /** A template of ours afterwards. Its number may differ: what an accident left half made is removed last. */
  readonly generation?: string;
  /** Numbers of the seats that must stand on a fresh disk of this base, with their former one kept. */
  readonly renewed?: { readonly seats: readonly number[]; readonly base: RegExp };
}

const three = { 20001: "lab-seat-01", 20003: "lab-seat-02", 20004: "lab-seat-03" };

/** A class that every later operation starts from. */
export const firstWish: Wish = { seats: 3 };

/** The operations. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  create: { from: "nothing", command: "up", wish: firstWish, seats: three },
  resize: { from: "class", command: "up", wish: { seats: 4 }, seats: { ...three, 20005: "lab-seat-04" } },
  publish: {
    from: "class",
    command: "up",
    wish: { seats: 3, publish: { generation: 2, from: { vmid: 9001 } } },
    seats: three,
    generation: "lab-generation-2",
    renewed: { seats: [20001, 20003, 20004], base: /^nas:2009\d\/base-2009\d-disk-0.qcow2\// },
  },
  reset: {
    from: "class",
    command: "up",
    wish: { seats: 3, reset: { "seat-02": "monday" } },
    seats: three,
    renewed: { seats: [20003], base: /^nas:9000\/base-9000-disk-0.qcow2\// },
  },
  destroy: { from: "class", command: "destroy", wish: firstWish, seats: {} },
};
