import type { ClusterCapacity } from "@coppice/core";

/** What a risk is judged by beside the preview. */
export interface RiskWorld {
  /** By cluster, what it has room for; why nobody knows; or nothing where nobody had to ask. */
  readonly capacities: Readonly<Record<string, ClusterCapacity | Unread>>;
  readonly now: number;
}

/** A cluster that did not tell what it has room for. */
export interface Unread {
  readonly unread: string;
}
