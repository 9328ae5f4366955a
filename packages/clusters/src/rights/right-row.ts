/** Work on a cluster that Proxmox asks rights for. */
export type Work =
  /** Makes a seat's machine, by whichever method. */
  | "create"
  /** Clones the class's template: a seat of method `linked`, or the machine that brings fresh disks without SSH. */
  | "clone"
  | "start"
  | "stop"
  | "change"
  | "reset"
  | "undo"
  | "remove"
  /** Frees the disks from before a reset. */
  | "free"
  /** Looks whether the cluster is quorate before something is removed. */
  | "quorum"
  /** Gives a seat a data disk of its own. */
  | "data disk"
  /** Adds the cloud-init drive that the template of a linked clone lacks. */
  | "cloud-init drive"
  | "join pool"
  /** Takes machines out of the pool that the class named before. */
  | "leave pool"
  /** Copies a template, or a machine, to a generation. */
  | "generation"
  /** Copies one of the class's own machines to a generation. */
  | "publish"
  /** Leaves the source's data disk out of the copy. */
  | "drop data disk"
  /** Copies to several nodes what lies on a storage of one of them. */
  | "move copy"
  /** Spreads new seats by the free memory of the nodes. */
  | "spread";

/** What a right is held on. */
export type RightPlace =
  /** All machines, or those of the class's pool. */
  | "machines"
  /** What is cloned: a template, or the machine that a generation is made of. */
  | "template"
  | "storage"
  /** The storage of the data disks. */
  | "data storage"
  /** The bridge or virtual network of each card. */
  | "network"
  | "pool"
  /** The pool that the class named before. */
  | "former pool"
  | "nodes"
  | "root";

/** A right, what needs it, and what does not work without it. */
export interface RightRow {
  readonly privilege: string;
  readonly on: RightPlace;
  readonly for: readonly Work[];
  /** What is impossible without it, in words for whoever gives it. */
  readonly without: string;
  /** Without it no class can be made at all. */
  readonly vital?: true;
  /** A right that does as well. */
  readonly or?: Pick<RightRow, "privilege" | "on">;
}
