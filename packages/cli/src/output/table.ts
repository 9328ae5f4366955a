/**
 * The lines of a table, its columns as wide as they have to be.
 *
 * @example table(["NAME", "SEATS"], [["lab", "25"]]) // ["NAME  SEATS", "lab   25"]
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return all.map((row) => line(row).trimEnd());
}
