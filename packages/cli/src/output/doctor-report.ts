import type { Part } from "@coppice/toolchain";
import { fit } from "./fit.ts";

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
export function doctorReport(parts: readonly Part[], columns?: number): string[] {
  const rows = parts.map((part) => [part.name, signs[part.state], part.version ?? ""]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = parts.flatMap((part, index) => {
    const cells = (rows[index] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return fit(cells.join("  "), placeOf(part), { columns, indent: 2 });
  });
  const advice = parts
    .filter((part) => part.state === "missing")
    .flatMap((part) => fit(`${part.name}: ${part.advice ?? ""}`, "", { columns, indent: 2 }));
  return advice.length > 0 ? [...lines, "", ...advice] : lines;
}

function placeOf({ where, why }: Part): string {
  if (where === undefined) return why ? `(${why})` : "";
  return why ? `${where} (${why})` : where;
}
