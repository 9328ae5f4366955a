import { type Amounts, noAmounts } from "../amounts/amounts.ts";
import type { Bytes } from "../values/size.ts";

/** What a machine takes of a cluster at most: this is placed, counted and paid for. */
export interface Demand {
  readonly memory: Bytes;
  readonly processors: number;
  /** By storage, what its disks may grow to. */
  readonly disks: Readonly<Record<string, Bytes>>;
}

/** Disks, as far as their size is needed. */
export interface SizedDisks {
  readonly disks: readonly { readonly size: Bytes }[];
}

/** What disks may grow to, all together. */
export function disksSize({ disks }: SizedDisks): Bytes {
  return disks.reduce((total, { size }) => total + size, 0);
}

/** What machines of the same demand come to. */
export function demandAmounts({ memory, processors, disks }: Demand, machines = 1): Amounts {
  const storage = Object.values(disks).reduce((total, size) => total + size, 0);
  return {
    machines,
    cores: machines * processors,
    memory: machines * memory,
    storage: machines * storage,
  };
}

/** What templates with the same disks come to: machines of which nothing but the disks is ever used. */
export function templateAmounts(template: SizedDisks, copies = 1): Amounts {
  return { ...noAmounts, machines: copies, storage: copies * disksSize(template) };
}
