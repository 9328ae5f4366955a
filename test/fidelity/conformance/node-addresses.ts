import { isRow } from "./judge/rows.ts";
import type { Recorded } from "./recording.ts";

/** The recorded nodes' addresses by their names, as `cluster/status` gave them. */
export function nodeAddresses(lines: readonly Recorded[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { req, res } of lines) {
    if (req.path !== "/api2/json/cluster/status" || !isRow(res.json) || !Array.isArray(res.json["data"]))
      continue;
    for (const row of res.json["data"].filter(isRow)) {
      if (typeof row["ip"] === "string") found.set(String(row["name"]), row["ip"]);
    }
  }
  return found;
}
