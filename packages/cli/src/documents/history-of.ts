import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import { clusterVersions } from "./cluster-versions.ts";
import { printLines } from "./print.ts";
import { changesWords, versionChanges } from "./version-changes.ts";

/** Which stack's history is meant. */
export interface HistoryOptions {
  readonly json?: boolean;
  readonly cluster: string;
  readonly tenant?: string;
}

/** Prints the versions of what documents made on a cluster: when, who, what for, and what was changed in the documents. */
export async function tellHistory({ json = false, cluster, tenant }: HistoryOptions): Promise<number> {
  const versions = await clusterVersions(await openEngineOptions(process.env), { cluster, tenant });
  const rows = versions.map((version, index) => {
    return { version, changes: versionChanges(versions.slice(0, index), version) };
  });
  if (json) {
    const told = rows.map(({ version: { documents: _documents, ...version }, changes }) => ({
      ...version,
      changes,
    }));
    process.stdout.write(
      jsonText("history", { cluster, ...(tenant !== undefined && { tenant }), versions: told }),
    );
  } else if (rows.length === 0) printLines([`Nothing has been made on ${cluster}.`]);
  else {
    const cells = rows.map(({ version, changes }) => [
      String(version.number),
      version.time === undefined ? "-" : new Date(version.time).toISOString().slice(0, 19),
      version.who ?? "-",
      version.result,
      version.message,
      changesWords(changes, version),
    ]);
    printLines(table(["VERSION", "TIME (UTC)", "WHO", "RESULT", "MESSAGE", "DOCUMENTS"], cells));
  }
  return 0;
}
