import type { ClusterLine } from "../registry/list-clusters.ts";

const HEAD = ["NAME", "ENDPOINT", "TOKEN", "REACHABLE", "GUESTS"] as const;

/**
 * The lines of `coppice cluster list`; below the table, why a cluster tells less.
 *
 * @example clusterTable([{ name: "main", endpoint: "https://pve1:8006", token: "a@pve!b", reachable: true, guests: 3 }])
 */
export function clusterTable(clusters: readonly ClusterLine[]): string[] {
  if (clusters.length === 0) return ["No cluster is registered. `coppice cluster add <name>` registers one."];
  const rows = [
    HEAD,
    ...clusters.map(({ name, endpoint, token, reachable, guests }) => [
      name,
      endpoint ?? "-",
      token ?? "-",
      reachable ? "yes" : "no",
      String(guests ?? "-"),
    ]),
  ];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const problems = clusters.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [`${name}: ${problem}`],
  );
  return problems.length === 0 ? lines : [...lines, "", ...problems];
}
