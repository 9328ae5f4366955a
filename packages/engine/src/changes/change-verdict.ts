import type { ClassDemand, ErrorCode, SeatFate, SettingDrift } from "@coppice/core";
import type { DocumentDemand } from "../demand/document-demand.ts";
import type { PlannedCopy } from "../demand/planned-copies.ts";

/** What a run does, or would do: one verdict per document and seat. Text, JSON and Markdown are made of it alike. */
export interface ChangeVerdict {
  readonly documents: readonly DocumentVerdict[];
  /** Why the stack as a whole is refused. */
  readonly refusals: readonly Refusal[];
  /** What concerns no single document. */
  readonly warnings: readonly string[];
}

/** What becomes of what one document describes. */
export interface DocumentVerdict {
  readonly kind: string;
  readonly name: string;
  /**
   * `refused` by a rule or by what there is, `unknown` where something did not answer or broke down, `open` where the run
   * ended before it was done with this one: it was stopped, or broke off, or never came to it for another document's sake.
   */
  readonly change: "create" | "update" | "delete" | "same" | "refused" | "unknown" | "open";
  /** Its resources that do not stay as they are, by the engine's word for what is done with them. */
  readonly resources: Readonly<Record<string, number>>;
  readonly seats: readonly SeatChange[];
  /** The seats whose disks nobody gets back. */
  readonly losses: readonly Loss[];
  /** What it has and asks for; absent where nobody looked. */
  readonly demand?: DocumentDemand;
  /** What a seat of it asks for; absent where that is not known, and where nothing is planned. */
  readonly seatDemands?: readonly SeatsDemand[];
  /** Templates that are made for its generations, as far as that is known. */
  readonly copies?: readonly PlannedCopy[];
  /** What our resources say, as `pulumi preview` prints it. */
  readonly words: readonly string[];
  readonly warnings: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** What becomes of one seat. */
export interface SeatChange {
  readonly name: string;
  readonly vmid: number;
  readonly node: string;
  readonly change: SeatFate;
  /** In words, as its resource says it. */
  readonly why: string;
  /** What that means besides, for a machine that runs or whose node is away. */
  readonly also: readonly SeatFate[];
  /** What somebody else changed on it. */
  readonly drift?: readonly SettingDrift[];
  /** Where it was before somebody moved it. */
  readonly movedFrom?: string;
  /** How much exists only there, where that is known. */
  readonly bytes?: number;
}

/** A seat whose disks are removed for ever. */
export interface Loss {
  readonly seat: string;
  readonly vmid: number;
  readonly node: string;
  /** How much exists only there, where that is known. */
  readonly bytes?: number;
}

/** What seats that are alike ask for. */
export interface SeatsDemand extends ClassDemand {
  /** The numbers of their machines. */
  readonly vmids: readonly number[];
}

/** Why something is not done. */
export interface Refusal {
  /** What happened, why, and the way out. */
  readonly message: string;
  readonly code?: ErrorCode;
}
