/** Something on a cluster that the states and Proxmox tell differently. Nothing is adopted or removed by itself. */
export interface Stray {
  /**
   * `machine`: it carries our mark and is in no state. `state`: a state has a machine that is not there. `volume`: a disk that no
   * machine names. `mark`: a mark, tag, pool or right without what it was for. `generation`: a template that nobody needs.
   */
  readonly kind: "machine" | "state" | "volume" | "mark" | "generation";
  /** What was found, without a full stop. */
  readonly what: string;
  /** Why it matters, without a full stop. */
  readonly why: string;
  /** The order or command that would mend it, without a full stop. */
  readonly mend: string;
  /** Where it is, for programs. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** Machines and templates of a stack that was not given: of those nobody can tell here whether they are strays. */
export interface OtherStack {
  /** `project/stack`; empty where their notes do not say. */
  readonly stack: string;
  readonly vmids: readonly number[];
}

/** What a look for strays comes to. */
export interface Strays {
  readonly strays: readonly Stray[];
  readonly others: readonly OtherStack[];
  /** What could not be looked at, a sentence each. */
  readonly unseen: readonly string[];
}
