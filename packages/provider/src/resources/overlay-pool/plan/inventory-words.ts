import { type OverlayPoolState, sizeWords } from "@coppice/core";
import { type OwnBytes, sumOf } from "./removal-words.ts";
import { folded, type SaidSeat } from "./seat-paragraph.ts";

/**
 * What there is of a class, on two lines: machines, disks, and what those hold that is nowhere else.
 *
 * @example
 * // Class 'lab' has 25 machines with 25 disks; 1.2 GiB exists only there:
 * //   seat-01–seat-25 as 20001–20025 on pve1 9, pve2 8, pve3 8
 */
export function inventoryWords(
  { class: name, base, dataDisk }: Pick<OverlayPoolState, "class" | "base" | "dataDisk">,
  seats: readonly SaidSeat[],
  own: OwnBytes,
): string {
  if (seats.length === 0) return `Class '${name}' has no machines`;
  const disks = seats.length * (base.disks.length + (dataDisk === undefined ? 0 : 1));
  const machines = seats.length === 1 ? "1 machine" : `${seats.length} machines`;
  const held = own.size === 0 ? "" : `; ${sizeWords(sumOf(own))} exists only there`;
  return `Class '${name}' has ${machines} with ${disks} ${disks === 1 ? "disk" : "disks"}${held}:\n  ${folded(seats)}`;
}
