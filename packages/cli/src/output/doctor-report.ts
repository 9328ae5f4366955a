import type { Part } from "@coppice/toolchain";

const signs = { found: "ok", missing: "missing", "not needed": "-" } as const satisfies Record<
  Part["state"],
  string
>;

/**
 * The lines of `coppice doctor`: what was found where and why, then one line of advice per missing part.
 *
 * @example
 * doctorReport([{ name: "npm", state: "missing", advice: "install npm" }]); // ["npm  missing", "", "npm: install npm"]
 */
export function doctorReport(parts: readonly Part[]): string[] {
  const rows = parts.map((part) => [part.name, signs[part.state], part.version ?? "", placeOf(part)]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const advice = parts
    .filter((part) => part.state === "missing")
    .map((part) => `${part.name}: ${part.advice ?? ""}`);
  return advice.length > 0 ? [...lines, "", ...advice] : lines;
}

function placeOf({ where, why }: Part): string {
  if (where === undefined) return why ? `(${why})` : "";
  return why ? `${where} (${why})` : where;
}
