import type { SeatDisk } from "./seat-disks.ts";

/**
 * The lines of a table of seats.
 *
 * @example seatTable([{ seat: "ada", vmid: 20001, node: "pve2", size: 12288, sees: 2 ** 31, backing: "../9000/base-9000-disk-0.qcow2" }])
 */
export function seatTable(disks: readonly SeatDisk[]): string[] {
  const rows = disks.map(({ seat, vmid, node, size, sees, backing }) => [
    seat,
    String(vmid),
    node,
    `${size / 1024} KiB`,
    `${sees / 1024 ** 3} GiB`,
    backing,
  ]);
  const all = [["seat", "vmid", "node", "on disk", "guest sees", "stands on"], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
