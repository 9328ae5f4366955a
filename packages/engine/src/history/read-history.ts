import { type JsonValue, parseProperties } from "@coppice/core";
import { readPacked } from "../files/read-packed.ts";
import { backendFolder } from "../home/backend-folder.ts";
import type { StateHome } from "../home/state-home.ts";
import type { StackName } from "../lease/stack-place.ts";
import { type HistoryEntry, readEntry, type StackVersion } from "./history-entry.ts";
import { historyFiles } from "./history-files.ts";

/** Asks the engine for what backends that are no files know: starts it in the project's folder and answers what it prints. */
export type AskEngine = (args: readonly string[]) => Promise<string>;

/** More versions than a stack has. */
const ALL = "1000000";

/**
 * The versions of a stack, oldest first, from the engine's own history: its files where state lies in files, else one start
 * of the engine. Runs that were killed are not in it.
 *
 * @example const [first] = await readHistory(home, { project: "coppice-tenant", stack: "main" }, ask);
 */
export async function readHistory(
  home: StateHome,
  name: StackName,
  ask: AskEngine,
): Promise<readonly StackVersion[]> {
  const folder = backendFolder(home.backend);
  const entries = folder === undefined ? await askEntries(name, ask) : await readEntries(folder, name);
  return entries.map((entry, index) => readEntry(entry, name.project, index + 1));
}

async function readEntries(folder: string, name: StackName): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (const file of await historyFiles(folder, name)) {
    entries.push(parseProperties(await readPacked(file)) ?? {});
  }
  return entries;
}

/** The engine tells the newest first. */
async function askEntries({ project, stack }: StackName, ask: AskEngine): Promise<readonly HistoryEntry[]> {
  const name = `organization/${project}/${stack}`;
  const text = await ask(["stack", "history", "--json", "--stack", name, "--page-size", ALL]);
  const entries = parseProperties(`{"entries":${text}}`)?.["entries"];
  return Array.isArray(entries) ? entries.map(asEntry).reverse() : [];
}

function asEntry(entry: JsonValue): HistoryEntry {
  return parseProperties(JSON.stringify(entry)) ?? {};
}
