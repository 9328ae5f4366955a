import { join } from "node:path";
import { isProperties, type JsonValue, type Properties, parseProperties } from "@coppice/core";
import { type Description, documentKey } from "../documents/description.ts";
import { readRecord } from "../files/read-record.ts";
import { clustersIn, readEntry } from "../history/history-entry.ts";
import { historyFiles } from "../history/history-files.ts";
import { readHistory } from "../history/read-history.ts";
import { backendFolder } from "../home/backend-folder.ts";
import type { StackName } from "../lease/stack-place.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { askEngine } from "./ask-engine.ts";
import { pendingCreations, type RecordedDocument, recordedDocuments } from "./recorded-stack.ts";

/** A stack as it was left. */
export interface StackRecord {
  /** What it has. */
  readonly documents: readonly RecordedDocument[];
  /** What its last run declared, numbers that were chosen included. */
  readonly declared: readonly Description[];
  /** The engine was killed while it made something, and remembers it. */
  readonly isPending: boolean;
  /** The clusters that its last run was given. */
  readonly clusters: Properties;
}

/** Reads what a stack has and what it declares; nothing at all of one that is not there yet. */
export async function readStack(options: EngineOptions, name: StackName): Promise<StackRecord> {
  const folder = backendFolder(options.home.backend);
  const [state, entry] = await (folder === undefined ? asked(options, name) : inFiles(folder, name));
  const documents = recordedDocuments(state);
  const { documents: last = [] } = readEntry(entry, name.project, 0);
  const newest = new Map(last.map((each) => [documentKey(each), each]));
  const isWhole = documents.every((each) => newest.has(documentKey(each)));
  const former = isWhole ? newest : await everDeclared(options, name);
  const declared = documents.flatMap(
    (each) => newest.get(documentKey(each)) ?? former.get(documentKey(each)) ?? [],
  );
  const isPending = pendingCreations(state).length > 0;
  return { documents, declared, isPending, clusters: clustersIn(entry) };
}

/** What is there and not declared any more is what a removal left that failed: it is as it was declared last. */
async function everDeclared(
  options: EngineOptions,
  name: StackName,
): Promise<ReadonlyMap<string, Description>> {
  const versions = await readHistory(options.home, name, async (args) => await askEngine(options, args));
  const all = versions.flatMap(({ documents }) => documents ?? []);
  return new Map(all.map((each) => [documentKey(each), each]));
}

/** Reads what the engine recorded of a stack, as it exports it. */
export async function readState(options: EngineOptions, name: StackName): Promise<Properties> {
  const folder = backendFolder(options.home.backend);
  const [state] = await (folder === undefined ? asked(options, name) : inFiles(folder, name));
  return state;
}

type Parts = readonly [state: Properties, entry: Properties];

async function inFiles(folder: string, name: StackName): Promise<Parts> {
  const newest = (await historyFiles(folder, name)).at(-1);
  const file = join(folder, ".pulumi", "stacks", name.project, `${name.stack}.json`);
  // Whichever of the two names the engine has given it.
  const state = (await readRecord(file)) ?? (await readRecord(`${file}.gz`)) ?? {};
  return [within(state, ["checkpoint", "latest"]), (newest && (await readRecord(newest))) || {}];
}

/** Two starts of the engine, half a second: only where state lies in no folder. */
async function asked(options: EngineOptions, { project, stack }: StackName): Promise<Parts> {
  const own = ["--stack", `organization/${project}/${stack}`];
  try {
    const [state, history] = await Promise.all([
      askEngine(options, ["stack", "export", ...own]),
      askEngine(options, ["stack", "history", "--json", "--page-size", "1", ...own]),
    ]);
    const [newest] = JSON.parse(history) as JsonValue[]; // what it is asked for
    return [within(parseProperties(state) ?? {}, ["deployment"]), isProperties(newest) ? newest : {}];
  } catch (error) {
    if (error instanceof Error && /no stack named/.test(error.message)) return [{}, {}];
    throw error;
  }
}

function within(value: Properties, path: readonly string[]): Properties {
  const found = path.reduce<JsonValue | undefined>(
    (at, key) => (isProperties(at) ? at[key] : undefined),
    value,
  );
  return isProperties(found) ? found : {};
}
