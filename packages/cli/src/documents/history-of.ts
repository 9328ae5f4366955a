import { CoppiceError } from "@coppice/core";
import {
  askEngine,
  type DocumentChange,
  documentChanges,
  type EngineOptions,
  listStacks,
  readHistory,
  type StackName,
  type StackVersion,
} from "@coppice/engine";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import { printLines } from "./print.ts";

/** Which stack's history is meant. */
export interface HistoryOptions {
  readonly json?: boolean;
  readonly cluster: string;
}

/** Prints the versions of what documents made on a cluster: when, who, what for, and what was changed in the documents. */
export async function tellHistory({ json = false, cluster }: HistoryOptions): Promise<number> {
  const versions = await versionsOf(await openEngineOptions(process.env), cluster);
  const rows = versions.map((version, index) => {
    return { version, changes: changesOf(versions.slice(0, index), version) };
  });
  if (json) {
    const told = rows.map(({ version: { documents: _documents, ...version }, changes }) => ({
      ...version,
      changes,
    }));
    process.stdout.write(jsonText("history", { cluster, versions: told }));
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

/** The versions of a cluster's stack of documents, oldest first. */
export async function versionsOf(options: EngineOptions, cluster: string): Promise<readonly StackVersion[]> {
  const name: StackName = { project: "coppice-tenant", stack: cluster };
  const stacks = await listStacks(options);
  if (!stacks.some(({ project, stack }) => project === name.project && stack === cluster)) {
    throw new CoppiceError("document.missing", {
      what: `There is no history of documents on '${cluster}'`,
      why: "nothing was ever made there from this home",
      wayOut: "Name another cluster by --cluster; `coppice list` shows what there is",
    });
  }
  return await readHistory(options.home, name, async (args) => await askEngine(options, args));
}

/** Against the last version that says what it declared. */
function changesOf(before: readonly StackVersion[], { documents }: StackVersion): DocumentChange[] {
  if (documents === undefined) return [];
  const former = before.findLast((version) => version.documents !== undefined)?.documents ?? [];
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
