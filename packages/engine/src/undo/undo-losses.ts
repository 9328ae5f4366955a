import type { OverlayPoolState } from "@coppice/core";
import type { UndoLoss } from "./undo-loss.ts";

/** What is known of one document that goes back. */
export interface Going {
  readonly name: string;
  readonly now: number;
  /** Its machines, where there are any. */
  readonly pool: OverlayPoolState | undefined;
  /** The seats that have machines now, and the teacher's. */
  readonly there: readonly string[];
  /** The seats that the wanted version declares, and the teacher's. */
  readonly seats: readonly string[];
  /** Seats whose orders are taken back before they were carried out. */
  readonly dropped: readonly string[];
  /** Seats that got fresh disks since, by an order or a publication. */
  readonly reset: readonly string[];
  /** The generation that stays. */
  readonly stays: number | undefined;
  /** Machines stay that have data disks which the wanted version does not say so. */
  readonly hasOtherDataDisks: boolean;
  /** A teacher's machine is made anew, and a generation is published from it. */
  readonly isRepublished: boolean;
}

/** What does not come back of one document. */
export function lossesOf(going: Going): UndoLoss[] {
  const { name: document, there, seats, dropped, stays, isRepublished, hasOtherDataDisks } = going;
  const anew = seats.filter((seat) => !there.includes(seat));
  const leaving = there.filter((seat) => !seats.includes(seat));
  const losses: UndoLoss[] = [];
  if (anew.length > 0)
    losses.push({ document, code: "made-anew", seats: anew, text: madeAnew(document, anew) });
  losses.push(...removedSeats(document, leaving));
  losses.push(...resetLosses(going));
  if (dropped.length > 0) {
    const text = `What was ordered for ${named(dropped)} of '${document}' and not carried out is taken back`;
    losses.push({ document, code: "order-dropped", seats: dropped, text });
  }
  if (stays !== undefined) {
    losses.push({ document, code: "generation-stays", seats: [], text: staysAt(document, stays) });
  }
  if (hasOtherDataDisks && there.some((seat) => seats.includes(seat))) {
    const text = `The data disks that machines of '${document}' have stay as they are, with what is on them: no class takes one away or changes its size`;
    losses.push({ document, code: "data-disks-stay", seats: [], text });
  }
  if (isRepublished) {
    const text = `The teacher's machine of '${document}' is made anew, and so is what is published from it: what was on the former one is gone`;
    losses.push({ document, code: "published-anew", seats: [], text });
  }
  return losses;
}

/** What becomes of machines that the wanted version does not have. */
export function removedSeats(document: string, seats: readonly string[]): UndoLoss[] {
  if (seats.length === 0) return [];
  const text = `The machines of ${named(seats)} of '${document}' are removed with their disks, which no undo brings back`;
  return [{ document, code: "removed", seats, text }];
}

/** By whether, and until when, the disk before the reset is kept. */
function resetLosses({ name: document, pool, reset, there, seats, now }: Going): UndoLoss[] {
  const times = new Map<number, string[]>();
  for (const seat of reset.filter((each) => seats.includes(each) && there.includes(each))) {
    const until = pool?.exceptions?.[seat]?.former?.until ?? 0;
    const key = until > now ? until : 0;
    times.set(key, [...(times.get(key) ?? []), seat]);
  }
  return [...times].map(([until, group]) => ({
    document,
    code: "reset-since",
    seats: group,
    ...(until > 0 && { until }),
    text: `${named(group)} of '${document}' ${group.length > 1 ? "were reset since, and keep their fresh disks" : "was reset since, and keeps its fresh disk"}; ${takenBack(until)}`,
  }));
}

function takenBack(until: number): string {
  if (until === 0) return "the former ones are gone";
  return `the former ones can be taken back until ${new Date(until).toISOString()} by an order in 'undo'`;
}

function madeAnew(document: string, seats: readonly string[]): string {
  return `The machines of ${named(seats)} of '${document}' are made anew: what was on the disks of former ones is gone`;
}

function staysAt(document: string, generation: number): string {
  return `'${document}' stays on generation ${generation}, since generations only count upwards; to go back to the content of an older one, publish it as generation ${generation + 1}`;
}

/** As many names as a sentence bears. */
function named(seats: readonly string[]): string {
  const FEW = 5;
  const first = seats
    .slice(0, FEW)
    .map((seat) => `'${seat}'`)
    .join(", ");
  return seats.length > FEW
    ? `${first} and ${seats.length - FEW} more seats`
    : `${seats.length > 1 ? "seats" : "seat"} ${first}`;
}
