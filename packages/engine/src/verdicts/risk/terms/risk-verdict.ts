import type { Bytes } from "@coppice/core";
import type { DocumentName } from "../../../documents/document-urn.ts";

/** What a preview risks: each finding by itself, the gravest first. */
export interface RiskVerdict {
  readonly findings: readonly RiskFinding[];
  /** How nodes are loaded afterwards, as far as that was asked for: where machines come or grow. */
  readonly nodes: readonly NodeLoad[];
  /** The same of storages on which disks come. */
  readonly storages: readonly StorageLoad[];
}

/** How bad a finding is, the worst first: something is lost; something may go wrong; something is worth knowing. */
export const riskSeverities = ["danger", "warning", "note"] as const;

/** One of {@link riskSeverities}. */
export type RiskSeverity = (typeof riskSeverities)[number];

/** What a finding is about. */
export type RiskKind =
  | "data-loss"
  | "undo-ends"
  | "restart"
  | "unreachable"
  | "unprotected"
  | "generation-in-use"
  | "storage"
  | "memory"
  | "node-lost"
  | "rights"
  | "warning";

/** Something that a change risks. */
export interface RiskFinding {
  readonly kind: RiskKind;
  readonly severity: RiskSeverity;
  readonly cluster: string;
  /** Absent where it is about the cluster. */
  readonly document?: DocumentName;
  /** Why, as a sentence. */
  readonly reason: string;
  /** The seats that it is about, all of them by name; of what is about a cluster the machines, by their host names. */
  readonly seats: readonly string[];
  readonly nodes?: readonly string[];
  /** What it was judged by; sizes in bytes. A figure that is not known is absent. */
  readonly figures: Readonly<Record<string, number>>;
  /** Of what is lost, seat by seat. */
  readonly losses?: readonly LostDisks[];
  /** A preview says the same in the same words already. */
  readonly isSaid?: true;
}

/** The disks of one seat that nobody gets back. */
export interface LostDisks {
  readonly seat: string;
  readonly node: string;
  /** Slots of its generation's disks, `data` for its own data disk, `undo` for what was kept from before a reset. */
  readonly disks: readonly string[];
  /** How much exists only there, where that is known. */
  readonly written?: Bytes;
}

/** A node's memory before and after a change. */
export interface NodeLoad {
  readonly cluster: string;
  readonly node: string;
  readonly isOnline: boolean;
  readonly memory?: Bytes;
  /** What all its machines may take now. */
  readonly promised: Bytes;
  readonly promisedAfter: Bytes;
  /** The machines that are made on it, by their host names. */
  readonly made: readonly string[];
}

/** A storage before and after a change. */
export interface StorageLoad {
  readonly cluster: string;
  readonly storage: string;
  readonly nodes: readonly string[];
  readonly isShared: boolean;
  readonly size?: Bytes;
  readonly used?: Bytes;
  /** What is free: as a node tells it, or at most its size without what is used. */
  readonly free?: Bytes;
  /** The machines that disks are made for, by their host names. */
  readonly machines: readonly string[];
  /** What the disks that are made now may grow to. */
  readonly fresh: Bytes;
  /** What those may grow to that documents of this home have there already, with what they hold. */
  readonly present: Bytes;
}
