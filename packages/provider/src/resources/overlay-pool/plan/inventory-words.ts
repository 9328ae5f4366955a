import { driveLines, isCdrom } from "@coppice/clusters";
import { foldedSeats, type OwnBytes, type SaidSeat, sizeWords, sumOfBytes } from "@coppice/core";
import type { GuestConfig } from "@coppice/pve";

/** A seat and its machine's configuration. */
export interface FoundSeat extends SaidSeat {
  readonly config: Pick<GuestConfig, "values" | "protected">;
}

/**
 * What there is of a class, on two lines: machines, disks, those of before a reset too, and how much they hold that no
 * other disk does; on a third, whose removal Proxmox would refuse.
 *
 * @example
 * // Class 'lab' has 25 machines with 25 disks, on which 1.2 GiB is written:
 * //   seat-01–seat-25 as 20001–20025 on pve1 9, pve2 8, pve3 8
 */
export function inventoryWords(name: string, seats: readonly FoundSeat[], own: OwnBytes): string {
  if (seats.length === 0) return `Class '${name}' has no machines`;
  const disks = seats.reduce((sum, { config }) => sum + diskCount(config.values), 0);
  const machines = seats.length === 1 ? "1 machine" : `${seats.length} machines`;
  const held = own.size === 0 ? "" : `, on which ${sizeWords(sumOfBytes(own))} is written`;
  const head = `Class '${name}' has ${machines} with ${disks} ${disks === 1 ? "disk" : "disks"}${held}:`;
  return [head, `  ${foldedSeats(seats)}`, ...protectedWords(seats)].join("\n");
}

/** All that goes with a machine: Proxmox keeps what left its slot as `unusedN`. */
function diskCount(values: GuestConfig["values"]): number {
  const drives = driveLines(values).filter(([, line]) => !isCdrom(line) && line.first !== "none");
  return drives.length + Object.keys(values).filter((key) => /^unused\d+$/.test(key)).length;
}

function protectedWords(seats: readonly FoundSeat[]): string[] {
  const kept = seats.filter(({ config }) => config.protected);
  const [first] = kept;
  if (first === undefined) return [];
  if (kept.length === 1)
    return [
      `  1 is protected, and Proxmox will not remove it: ${foldedSeats(kept)}`,
      `  (if it may go, on ${first.node}: qm set ${first.vmid} --protection 0)`,
    ];
  return [
    `  ${kept.length} are protected, and Proxmox will not remove them: ${foldedSeats(kept)}`,
    "  (if they may go, on the node of each: qm set <number> --protection 0)",
  ];
}
