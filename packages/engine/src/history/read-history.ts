import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type JsonValue, parseProperties } from "@coppice/core";
import { backendFolder } from "../home/backend-folder.ts";
import type { StateHome } from "../home/state-home.ts";
import type { StackName } from "../lease/stack-place.ts";
import { type HistoryEntry, readEntry, type StackVersion } from "./history-entry.ts";

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

/** The engine names its files by when they were written, in nanoseconds (`pkg/backend/diy/state.go`). */
async function readEntries(folder: string, { project, stack }: StackName): Promise<readonly HistoryEntry[]> {
  const history = join(folder, ".pulumi", "history", project, stack);
  const files = (await readdir(history).catch(orNone)).filter((file) =>
    /\.history\.json(?:\.gz)?$/.test(file),
  );
  const entries: HistoryEntry[] = [];
  for (const file of files.sort((a, b) => compare(momentOf(a), momentOf(b)))) {
    entries.push(parseProperties(await readText(join(history, file))) ?? {});
  }
  return entries;
}

function momentOf(file: string): bigint {
  const [, moment = "0"] = /-(\d+)\.history\.json/.exec(file) ?? [];
  return BigInt(moment);
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The engine packs its files when `PULUMI_DIY_BACKEND_GZIP` says so. */
async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** The engine tells the newest first. */
async function askEntries({ stack }: StackName, ask: AskEngine): Promise<readonly HistoryEntry[]> {
  const text = await ask(["stack", "history", "--json", "--stack", stack, "--page-size", ALL]);
  const entries = parseProperties(`{"entries":${text}}`)?.["entries"];
  return Array.isArray(entries) ? entries.map(asEntry).reverse() : [];
}

function asEntry(entry: JsonValue): HistoryEntry {
  return parseProperties(JSON.stringify(entry)) ?? {};
}

function orNone(error: NodeJS.ErrnoException): string[] {
  if (error.code !== "ENOENT") throw error;
  return [];
}
