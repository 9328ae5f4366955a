/** A difference that stands, with its reason. One that matches again is reported, so that this list shrinks. */
export interface Accepted {
  readonly group: string;
  readonly n: number;
  /** Only on this version; both when missing. */
  readonly pve?: "8.4" | "9.2";
  readonly reason: string;
}

/** All accepted differences. */
export const accepted: readonly Accepted[] = [];
