import { foldNames } from "./fold-names.ts";
import type { SeatVerdict } from "./verdict.ts";

/** What is said of a seat: its name, and where its machine is or will be. */
export type SaidSeat = Pick<SeatVerdict, "seat" | "vmid" | "node">;

/** How seats that fare alike are said. */
export interface SeatWords {
  readonly one: string;
  readonly many: string;
  readonly seats: "each" | "folded" | "counted";
  /** What is said besides, below the seats. */
  readonly hint?: string;
}

/** What is to be noted of a single seat. */
export type NoteOf = (seat: SaidSeat) => string | undefined;

/** Seats that are said one a line; more are put together, so that all of it stands on a screen of 24 lines. */
export const MOST_LINES = 10;

/**
 * Seats that fare alike: how many, and which.
 *
 * @example seatParagraph({ one: "1 seat is made", many: "seats are made", seats: "folded" }, seats)
 * // "25 seats are made: seat-01–seat-25 as 20001–20025 on pve1 9, pve2 8, pve3 8"
 */
export function seatParagraph(
  { one, many, seats: form, hint }: SeatWords,
  seats: readonly SaidSeat[],
  noteOf: NoteOf = () => undefined,
): string {
  const head = seats.length === 1 ? one : `${seats.length} ${many}`;
  if (form === "counted") return head;
  const hasNotes = seats.some((seat) => noteOf(seat) !== undefined);
  const isFolded = form === "folded" || (seats.length > MOST_LINES && !hasNotes);
  const lines = isFolded ? [`${head}: ${foldedSeats(seats)}`] : [`${head}:`, ...listed(seats, noteOf)];
  return [...lines, ...(hint === undefined ? [] : [hint])].join("\n");
}

/** Each seat with what there is to note; where they are many, those with the same note together. */
function listed(seats: readonly SaidSeat[], noteOf: NoteOf): string[] {
  if (seats.length <= MOST_LINES) return rows(seats, noteOf);
  const groups = [...Map.groupBy(seats, noteOf)];
  const said = groups.length > MOST_LINES ? groups.slice(0, MOST_LINES - 1) : groups;
  const others = groups.slice(said.length).flatMap(([, group]) => group);
  return [
    ...said.map(([note, group]) => `  ${foldedSeats(group)}${note === undefined ? "" : `: ${note}`}`),
    ...(others.length === 0 ? [] : [`  and in other ways ${foldedSeats(others)}`]),
  ];
}

/** One line: names, numbers, and how many there are on each node. */
export function foldedSeats(seats: readonly SaidSeat[]): string {
  const names = foldNames(seats.map(({ seat }) => seat)).join(", ");
  const numbers = foldNames(seats.map(({ vmid }) => String(vmid))).join(", ");
  const nodes = [...Map.groupBy(seats, ({ node }) => node)].sort(([a], [b]) => a.localeCompare(b));
  const [[only] = [""]] = nodes;
  const where =
    nodes.length === 1 ? only : nodes.map(([node, group]) => `${node} ${group.length}`).join(", ");
  return `${names} as ${numbers} on ${where}`;
}

function rows(seats: readonly SaidSeat[], noteOf: NoteOf): string[] {
  const width = (of: (seat: SaidSeat) => string) => Math.max(...seats.map((seat) => of(seat).length));
  const [names, nodes] = [width(({ seat }) => seat), width(({ node }) => node)];
  return seats.map((each) => {
    const { seat, vmid, node } = each;
    return `  ${seat.padEnd(names)}  ${vmid}  ${node.padEnd(nodes)}  ${noteOf(each) ?? ""}`.trimEnd();
  });
}
