import { type DocumentChange, documentChanges } from "@coppice/engine";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import type { ClusterVersion } from "./cluster-version.ts";
import { clusterVersions } from "./cluster-versions.ts";
import { printLines } from "./print.ts";

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
    return { version, changes: changesOf(versions.slice(0, index), version) };
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
      changes.map(changeWords).join("; "),
    ]);
    printLines(table(["VERSION", "TIME (UTC)", "WHO", "RESULT", "MESSAGE", "DOCUMENTS"], cells));
  }
  return 0;
}

/** Against the last version of the same stack that says what it declared. */
function changesOf(
  before: readonly ClusterVersion[],
  { project, documents }: ClusterVersion,
): DocumentChange[] {
  if (documents === undefined) return [];
  const own = before.filter((version) => version.project === project);
  const former = own.findLast((version) => version.documents !== undefined)?.documents ?? [];
  return documentChanges(former, documents);
}

function changeWords({ kind, name, change, fields }: DocumentChange): string {
  if (change !== "changed") return `${kind} ${name} ${change}`;
  const said = fields.map((field) => {
    const [old, now] = [field.old, field.new].map((value) =>
      value === undefined ? "-" : JSON.stringify(value),
    );
    return `${field.path.join(".")} ${old} → ${now}`;
  });
  return `${name}: ${said.join(", ")}`;
}
