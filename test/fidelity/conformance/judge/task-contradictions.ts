import type { Row } from "./rows.ts";

const parts = /^UPID:([^:]+):([0-9A-F]{8}):([0-9A-F]{8,9}):([0-9A-F]{8}):([^:]+):([^:]*):([^:]+):$/;

/** The fields of a task's row that its own name contradicts: process, its start, the second, and what it was about. */
export function taskContradictions(row: Row): string[] {
  const [upid, node, pid = "", pstart = "", starttime = "", type, id] = parts.exec(String(row["upid"])) ?? [];
  if (upid === undefined) return [];
  const number = (hex: string) => Number.parseInt(hex, 16);
  const told: Row = {
    node,
    pid: number(pid),
    pstart: number(pstart),
    starttime: number(starttime),
    type,
    id,
  };
  return Object.keys(told).filter((key) => key in row && row[key] !== told[key]);
}
