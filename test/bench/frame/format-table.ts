import type { Row, Spread, Target } from "./row.ts";

const head = ["metric", "unit", "ours", "peer", "ratio", "target", "", "rounds", "cpu ms", "load"];

/** Rows as an aligned table for a terminal. */
export function formatTable(rows: readonly Row[]): string {
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function cellsOf(row: Row): string[] {
  return [
    row.metric,
    row.unit,
    spreadText(row.ours),
    row.peer ? spreadText(row.peer) : "-",
    row.ratio === null ? "-" : row.ratio.toFixed(2),
    row.target ? targetText(row.target) : "-",
    row.met === null ? "" : row.met ? "met" : "missed",
    String(row.rounds),
    `${short(row.cpu.ours.median)} / ${row.cpu.peer ? short(row.cpu.peer.median) : "-"}`,
    `${row.load.before.toFixed(1)} → ${row.load.after.toFixed(1)}`,
  ];
}

function spreadText({ median, min, max }: Spread): string {
  return `${short(median)} (${short(min)}–${short(max)})`;
}

function targetText({ of, limit, value }: Target): string {
  if (limit === "within") return `${of} 1 ± ${value}`;
  return `${of} ${limit === "at most" ? "≤" : "≥"} ${value}`;
}

/** Three significant digits are more than a measure on a shared machine is worth. */
function short(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
