/** The words of every verb: under way, over, and after "could not". Add a line here to add a verb. */
export const progressWords = {
  change: ["changing", "changed", "change"],
  create: ["creating", "created", "create"],
  fill: ["adding machines to", "added machines to", "add machines to"],
  free: ["freeing the former disk of", "freed the former disk of", "free the former disk of"],
  hash: ["hashing", "hashed", "hash"],
  inspect: ["looking at", "looked at", "look at"],
  "make-disks": ["making the disks of", "made the disks of", "make the disks of"],
  read: ["reading", "read", "read"],
  remove: ["removing", "removed", "remove"],
  reset: ["resetting", "reset", "reset"],
  start: ["starting", "started", "start"],
  stop: ["stopping", "stopped", "stop"],
  "take-out": ["taking machines out of", "took machines out of", "take machines out of"],
  undo: ["taking back the reset of", "took back the reset of", "take back the reset of"],
  "wait-for-clone": ["waiting for a running clone of", "waited for a clone of", "wait for a clone of"],
  "wait-for-lock": ["waiting for the lock of", "waited for the lock of", "wait for the lock of"],
  "wait-for-migration": [
    "waiting for a running migration of",
    "waited for a migration of",
    "wait for a migration of",
  ],
} as const satisfies Readonly<Record<string, readonly [doing: string, done: string, todo: string]>>;

/** What is done to an item. */
export type ProgressVerb = keyof typeof progressWords;

/** How a sentence names an item of each kind. Add a line here to add a kind. */
export const progressItems = {
  generation: (number: string) => `generation ${number}`,
  machine: (vmid: string) => `machine ${vmid}`,
  /** What is done to all seats of a node in one batch. */
  node: (name: string) => `the seats on ${name}`,
  pool: (name: string) => `pool ${name}`,
  seat: (name: string) => name,
  template: (vmid: string) => `template ${vmid}`,
} as const satisfies Readonly<Record<string, (name: string) => string>>;

/** What something is done to. */
export interface ProgressItem {
  readonly kind: keyof typeof progressItems;
  /** Its name, number or vmid. */
  readonly name: string;
}

/** How many of the items to which the same is done are behind us. */
export interface ProgressShare {
  /** Done or failed; the item itself counts as soon as it is one of these. */
  readonly done: number;
  readonly all: number;
}

/** Where an item is with what is done to it. */
export type ProgressPhase = "begun" | "done" | "failed";

/** What a resource is at, for one item. Never carries a secret, nor text that somebody else wrote. */
export interface Progress {
  readonly verb: ProgressVerb;
  readonly phase: ProgressPhase;
  readonly item: ProgressItem;
  /** The node, where it matters. */
  readonly node?: string;
  /** Absent where the item is the only one. */
  readonly share?: ProgressShare;
}
