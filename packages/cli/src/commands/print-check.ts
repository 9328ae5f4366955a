import type { OpenCluster } from "@coppice/clusters/connections";
import type { CheckScope } from "../cluster-check/check-scope.ts";

/** Checks a cluster, prints what was found, and gives the exit code. Closes the connection. */
export async function printCheck(
  connection: OpenCluster,
  scope: CheckScope,
  { json = false }: { readonly json?: boolean } = {},
): Promise<number> {
  const [{ checkCluster }, { findingsReport }] = await Promise.all([
    import("../cluster-check/check-cluster.ts"),
    import("../output/findings-report.ts"),
  ]);
  try {
    const findings = await checkCluster(connection, scope);
    const lines = json
      ? [JSON.stringify({ findings }, undefined, 2)]
      : findingsReport(findings, process.stdout.columns);
    process.stdout.write(`${lines.join("\n")}\n`);
    return findings.some(({ state }) => state === "missing") ? 1 : 0;
  } finally {
    await connection.client.close();
  }
}
