import { sizeWords } from "@coppice/core";
import type { SeatChange } from "../../../changes/change-verdict.ts";
import type { LostDisks, RiskFinding } from "../terms/risk-verdict.ts";
import { about, type ChangedDocument, namesOf, seatsWith } from "./changed-document.ts";
import { seatWords } from "./seat-words.ts";

/** A fresh overlay holds its own tables, of some hundred KiB, and nothing of anybody's. */
const NEXT_TO_NOTHING = 2 ** 20;

/** What is lost for ever: disks that go with their machines, and former ones that nobody can take back any more. */
export function findLosses(judged: ChangedDocument): RiskFinding[] {
  return [...findRemovals(judged), ...findEndingUndos(judged)];
}

function findRemovals(judged: ChangedDocument): RiskFinding[] {
  const leaving = seatsWith(judged, "removed");
  if (leaving.length === 0) return [];
  const losses = leaving.map((seat) => lostDisks(judged, seat));
  const known = leaving.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes]));
  const written = known.reduce((sum, bytes) => sum + bytes, 0);
  const isWhole = known.length === leaving.length;
  const isEmpty = isWhole && known.every((bytes) => bytes < NEXT_TO_NOTHING);
  return [
    {
      kind: "data-loss",
      severity: isEmpty ? "warning" : "danger",
      ...about(judged),
      reason: `${lossWords(written, { all: leaving.length, known: known.length })} with ${seatWords(namesOf(leaving))}: ${diskWords(losses)}.`,
      seats: namesOf(leaving),
      losses,
      figures: {
        seats: leaving.length,
        unknown: leaving.length - known.length,
        ...(known.length > 0 && { written }),
      },
    },
  ];
}

function lossWords(
  written: number,
  { all, known }: { readonly all: number; readonly known: number },
): string {
  if (known === 0) return "Nobody can tell how much is lost";
  if (known === all) return `${sizeWords(written)} is lost for good`;
  return `${sizeWords(written)}, and nobody can tell how much of ${all - known} more, is lost for good`;
}

/** Every machine has its own of the generation's disks, and may have one for work and one from before a reset. */
function lostDisks({ recorded }: ChangedDocument, { name, vmid, node, bytes }: SeatChange): LostDisks {
  const machine = recorded.get(vmid);
  const former = machine?.pool.exceptions?.[machine.seat]?.former;
  const disks = [
    ...(machine?.pool.base.disks ?? []).map(({ slot }) => slot),
    ...(machine?.pool.dataDisk === undefined ? [] : ["data"]),
    ...(former === undefined ? [] : ["undo"]),
  ];
  return { seat: name, node, disks, ...(bytes !== undefined && { written: bytes }) };
}

function diskWords(losses: readonly LostDisks[]): string {
  const count = (disk: string) => losses.filter(({ disks }) => disks.includes(disk)).length;
  const own = losses.length === 1 ? "its own disk" : "their own disks";
  const [data, undo] = [count("data"), count("undo")];
  const parts = [
    own,
    ...(data > 0 ? [`the data ${plural("disk", data)} for work`] : []),
    ...(undo > 0 ? [`${undo} kept from before a reset`] : []),
  ];
  return parts.length === 1 ? own : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}

/** One former disk is kept: with a second reset the first cannot be taken back any more, nor after its time. */
function findEndingUndos(judged: ChangedDocument): RiskFinding[] {
  const again = seatsWith(judged, "reset", "reset-if-untouched").filter(
    (seat) => untilOf(judged, seat) !== undefined && !seat.also.includes("unreachable"),
  );
  const over = judged.document.seats.filter((seat) => {
    const until = untilOf(judged, seat);
    return seat.change !== "removed" && !again.includes(seat) && until !== undefined && until <= judged.now;
  });
  return [
    ...endings(
      judged,
      again,
      "is reset again: the disk from before the last reset is freed, and no undo brings it back",
    ),
    ...endings(
      judged,
      over,
      "had its reset too long ago: the disk from before it is freed, and no undo brings it back",
    ),
  ];
}

function endings(judged: ChangedDocument, seats: readonly SeatChange[], what: string): RiskFinding[] {
  if (seats.length === 0) return [];
  const each = seats.length === 1 ? "" : "Each of ";
  const reason = `${each}${seatWords(namesOf(seats))} ${what}.`;
  const figures = { seats: seats.length };
  return [
    { kind: "undo-ends", severity: "warning", ...about(judged), reason, seats: namesOf(seats), figures },
  ];
}

function untilOf({ recorded }: ChangedDocument, { vmid }: SeatChange): number | undefined {
  const machine = recorded.get(vmid);
  return machine?.pool.exceptions?.[machine.seat]?.former?.until;
}
