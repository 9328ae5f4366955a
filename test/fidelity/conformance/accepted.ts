/** A difference that stands, with its reason. One that matches again is reported, so that this list shrinks. */
export interface Accepted {
  readonly group: string;
  readonly n: number;
  /** Only on this version; both when missing. */
  readonly pve?: "8.4" | "9.2";
  readonly reason: string;
}

/** All accepted differences. */
export const accepted: readonly Accepted[] = [
  {
    group: "cluster",
    n: 175,
    reason: "the journal is a stream written by a helper program, with its own content type; the recording holds its compressed bytes",
  },
  { group: "cluster", n: 176, reason: "a stand-in module of the recorded machine died; a genuine node answers the status" },
  {
    group: "overlay",
    n: 98,
    reason:
      "the recorded list is empty although the user may audit both guests through the pool; why pveproxy left them out is not known, and nothing in its source says it should",
  },
];
