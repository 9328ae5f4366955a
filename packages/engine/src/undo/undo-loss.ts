/** Something that an undo does not bring back, or brings back otherwise than it was. */
export interface UndoLoss {
  /** Name of the document. */
  readonly document: string;
  readonly code:
    | "made-anew"
    | "removed"
    | "reset-since"
    | "order-dropped"
    | "generation-stays"
    | "data-disks-stay"
    | "published-anew";
  /** The seats that it is about; none where it is the document as a whole. */
  readonly seats: readonly string[];
  /** Until when the former disks of these seats can be taken back otherwise, in milliseconds since 1970. */
  readonly until?: number;
  /** For people, a sentence. */
  readonly text: string;
}
