import { linesOf, markLine } from "./notes.ts";
import { type GuestSigns, isSeat } from "./owner-of.ts";
import { markTag, markTagsIn } from "./tags.ts";

/** A seat as its state records it. */
export interface RecordedIdentity {
  readonly mark: string;
  readonly seat: string;
  /** Name of its guest. */
  readonly hostName: string;
  /** The MAC of its first card; empty where it has none. */
  readonly mac: string;
}

/** A guest at a recorded number: what its notes and tags say, and what else tells it from another. */
export interface RecordedSigns extends GuestSigns {
  readonly name?: string | undefined;
  /** The MAC of its first card. */
  readonly mac: string;
}

/**
 * What the guest at the number that a state records for a seat is. Notes are edited in passing: without the mark's line it
 * is `unmarked`, and still ours, by tag and MAC together. Where only some of tag, MAC and name are left it is `doubtful`:
 * neither touched nor made anew. All else is somebody else's.
 */
export function judgeRecordedSeat(
  recorded: RecordedIdentity,
  guest: RecordedSigns,
): "marked" | "unmarked" | "doubtful" | "foreign" {
  const { mark, seat, mac, hostName } = recorded;
  if (isSeat({ mark }, seat, guest)) return "marked";
  if (namesAnother(recorded, guest)) return "foreign";
  const isTagged = guest.tags.includes(markTag(mark));
  const hasCard = mac !== "" && guest.mac.toLowerCase() === mac.toLowerCase();
  if (isTagged && hasCard) return "unmarked";
  return isTagged || hasCard || guest.name === hostName ? "doubtful" : "foreign";
}

/** A whole mark of another resource. A line that begins with our own mark may be an edited one. */
function namesAnother({ mark }: RecordedIdentity, { description, tags }: GuestSigns): boolean {
  const isOther = (line: string) =>
    /^coppice:[0-9a-f]{10}\/\S+$/.test(line) && !line.startsWith(markLine(mark, ""));
  const isTaggedOther = markTagsIn(tags).some((tag) => tag !== markTag(mark));
  return isTaggedOther || linesOf(description).some(isOther);
}

/** Notes with the mark's line put back; what somebody wrote there stays, but for an edited line of the mark. */
export function withMarkLine(text: string, { mark, seat }: Pick<RecordedIdentity, "mark" | "seat">): string {
  const others = text.split("\n").filter((line) => !line.startsWith(markLine(mark, "")));
  return [others.join("\n").trimEnd(), markLine(mark, seat)].filter((part) => part !== "").join("\n\n");
}
