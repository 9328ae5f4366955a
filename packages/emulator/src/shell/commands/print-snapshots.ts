import { asRows, cell } from "./as-record.ts";
import type { CommandContext } from "./command-context.ts";

/** Prints snapshots as a tree from the oldest to "current" (pve-guest-common, GuestHelpers.pm print_snapshot_tree). */
export function printSnapshots({ output }: CommandContext, answer: unknown): void {
  const rows = asRows(answer);
  const childrenOf = (parent: string | undefined) =>
    rows.filter((row) => (row["parent"] === undefined ? undefined : cell(row["parent"])) === parent);
  const show = (parent: string | undefined, depth: number): void => {
    for (const row of childrenOf(parent)) {
      const time = row["snaptime"] === undefined ? "" : localTime(Number(row["snaptime"]));
      const name = `${" ".repeat(depth)}\`-> ${cell(row["name"])}`;
      const description = cell(row["description"] ?? "no-description").split("\n")[0] ?? "";
      output.out(`${name.padEnd(30)} ${time.padEnd(23)} ${description}\n`);
      show(cell(row["name"]), depth + 1);
    }
  };
  show(undefined, 0);
}

function localTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}
