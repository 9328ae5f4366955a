import type { Amounts } from "../amounts/amounts.ts";
import type { Bytes } from "../values/size.ts";

/** A machine that there is, as Proxmox lists it. */
export interface ListedMachine {
  /** A template never runs: it takes no cores and no memory. */
  readonly template: boolean;
  readonly cores?: number | undefined;
  readonly memory?: Bytes | undefined;
  readonly storage?: Bytes | undefined;
}

/** What a machine takes of a cluster, whether it runs or not: all of them may be started on Monday at eight. */
export function machineAmounts({ template, cores = 0, memory = 0, storage = 0 }: ListedMachine): Amounts {
  return template ? { machines: 1, cores: 0, memory: 0, storage } : { machines: 1, cores, memory, storage };
}
