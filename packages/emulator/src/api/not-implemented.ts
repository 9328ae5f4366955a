import type { Cluster } from "../cluster/cluster.ts";
import { PveError } from "../kernel/pve-error.ts";

/** A router's refusal: its message has no line end in the body. */
export class NotImplemented extends PveError {
  constructor(method: string, path: string) {
    super(501, `Method '${method} ${path}' not implemented`);
  }
}

/** Refuses a call that is not built, and counts it, so that whoever tests sees what was missing. */
export function notImplemented(cluster: Cluster, method: string, path: string): never {
  cluster.counters.add(`missing:${method} ${path}`);
  throw new NotImplemented(method, path);
}
