import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isProperties, type JsonValue, type Properties, parseProperties } from "@coppice/core";
import { type Description, documentKey } from "../documents/description.ts";
import { readEntry } from "../history/history-entry.ts";
import { readHistory } from "../history/read-history.ts";
import { backendFolder } from "../home/backend-folder.ts";
import type { StackName } from "../lease/stack-place.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { askEngine } from "./ask-engine.ts";
import { type RecordedDocument, recordedDocuments } from "./recorded-stack.ts";

/** A stack as it was left. */
export interface StackRecord {
  /** What it has. */
  readonly documents: readonly RecordedDocument[];
  /** What its last run declared, numbers that were chosen included. */
  readonly declared: readonly Description[];
}

/** Reads what a stack has and what it declares; nothing at all of one that is not there yet. */
export async function readStack(options: EngineOptions, name: StackName): Promise<StackRecord> {
  const folder = backendFolder(options.home.backend);
  const [state, entry] = await (folder === undefined ? asked(options, name) : inFiles(folder, name));
  const documents = recordedDocuments(state);
  const newest = new Map(
    (readEntry(entry, name.project, 0).documents ?? []).map((each) => [documentKey(each), each]),
  );
  const isWhole = documents.every((each) => newest.has(documentKey(each)));
  const former = isWhole ? newest : await everDeclared(options, name);
  const declared = documents.flatMap(
    (each) => newest.get(documentKey(each)) ?? former.get(documentKey(each)) ?? [],
  );
  return { documents, declared };
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

async function inFiles(folder: string, { project, stack }: StackName): Promise<Parts> {
  const own = join(folder, ".pulumi");
  const history = join(own, "history", project, stack);
  const names = (await readdir(history).catch(orNone)).filter((file) => /\.history\.json(\.gz)?$/.test(file));
  // Named by the nanosecond of their making.
  const newest = names.sort((a, b) => momentOf(a) - momentOf(b)).at(-1);
  const file = await readJson(join(own, "stacks", project, `${stack}.json`));
  return [within(file, ["checkpoint", "latest"]), newest ? await readJson(join(history, newest)) : {}];
}

function momentOf(file: string): number {
  return Number(/-(\d+)\.history\.json/.exec(file)?.[1] ?? 0);
}

async function readJson(file: string): Promise<Properties> {
  const plain = file.endsWith(".gz") ? undefined : await readFile(file, "utf8").catch(orMissing);
  if (plain !== undefined) return parseProperties(plain) ?? {};
  const packed = await readFile(file.endsWith(".gz") ? file : `${file}.gz`).catch(orMissing);
  return (packed && parseProperties(gunzipSync(packed).toString("utf8"))) ?? {};
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

function orNone(error: NodeJS.ErrnoException): string[] {
  if (error.code !== "ENOENT") throw error;
  return [];
}

function orMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
