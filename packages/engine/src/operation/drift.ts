import type { IgnoredDrift } from "../ignored/ignored-drift.ts";

/**
 * How much a difference matters: `in-range` is within what is declared, `benign` changes nothing for whoever uses the
 * machine, `dangerous` does, `foreign` is somebody else's machine on a number of the class, `gone` is a machine that is not
 * there any more.
 */
export type DriftKind = "in-range" | "benign" | "dangerous" | "foreign" | "gone";

/** One difference between what is declared and what is there. */
export interface Drift {
  readonly drift: DriftKind;
  /** Absent for a machine that is nobody's seat; of a document without machines its own name. */
  readonly seat?: string;
  /**
   * What of it: a setting, `node` where it was moved, `machine` where that is gone or somebody else's; of a document without
   * machines a field of it, `pool` where that is gone, `drift` for what no field says.
   */
  readonly field: string;
  /** Absent where the document has no machines. */
  readonly vmid?: number;
  /** Absent where the document has no machines. */
  readonly node?: string;
  /** What it is, in words. */
  readonly what: string;
  /** What is there, as a document would say it; absent where none can. */
  readonly value?: string | number;
  /** Who said that it does not count, and until when. */
  readonly ignored?: Pick<IgnoredDrift, "until" | "who" | "when">;
}

/** By what a drift is named: its seat, else the machine's number. */
export function seatOf({ seat, vmid }: Pick<Drift, "seat" | "vmid">): string {
  return seat ?? String(vmid);
}
