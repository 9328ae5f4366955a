/** A replacement of a token that is under way. What is done of it, the cluster and the files say themselves. */
export interface Rotation {
  /** The token that is replaced, `user@realm!name`. */
  readonly from: string;
  /** The one that takes its place. Its name is drawn at random: where there is one of that name, it is ours. */
  readonly to: string;
}

/** The files that a replacement works with. */
export interface RotationFiles {
  /** Where the reference points, links followed. */
  readonly token: string;
  /** The new token, until it is known to do what the old one does. */
  readonly draft: string;
  /** The replacement that is under way. */
  readonly journal: string;
}

/** Parts of what has to be done, in their order. */
export type RotationStep =
  | "planned"
  | "made"
  | "kept"
  | "granted"
  | "checked"
  | "swapped"
  | "settled"
  | "removed";
