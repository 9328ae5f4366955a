import { isProperties, type JsonValue, type Properties, parseProperties } from "@coppice/core";
import type { Description } from "../documents/description.ts";

/** One change of a stack, or one that failed. */
export interface StackVersion {
  /** Counted from 1, oldest first. */
  readonly number: number;
  /** When it began, in milliseconds since 1970; undefined where the entry cannot be read. */
  readonly time: number | undefined;
  /** What was done: the engine's own word, such as `update`, `refresh`, `destroy`, `import`. */
  readonly verb: string;
  readonly result: "succeeded" | "failed" | "unknown";
  /** Who did it, where it is known. */
  readonly who: string | undefined;
  readonly message: string;
  /** Everything that was declared; undefined where nothing says so: no program of ours ran, or it was encrypted. */
  readonly documents: readonly Description[] | undefined;
}

/** What the engine notes of an update (`sdk/go/common/apitype/history.go`), as far as it is read here. */
export interface HistoryEntry {
  readonly kind?: JsonValue;
  /** Seconds since 1970 in its files, ISO text on its command line. */
  readonly startTime?: JsonValue;
  readonly message?: JsonValue;
  readonly environment?: JsonValue;
  /** Each value as it is, or as `{ value, objectValue, secret }`. */
  readonly config?: JsonValue;
  readonly result?: JsonValue;
}

/** Reads an entry of the history of a project's stack. */
export function readEntry(entry: HistoryEntry, project: string, number: number): StackVersion {
  const { kind, message, result } = entry;
  return {
    number,
    time: timeOf(entry.startTime),
    verb: typeof kind === "string" ? kind : "unknown",
    result: result === "succeeded" || result === "failed" ? result : "unknown",
    who: whoOf(isProperties(entry.environment) ? entry.environment : {}),
    message: typeof message === "string" ? message : "",
    documents: documentsOf(configIn(entry), `${project}:documents`),
  };
}

/** The clusters that it was on, as they were configured: references to credentials. */
export function clustersIn(entry: HistoryEntry): Properties {
  return plainValue(configIn(entry)["coppice:clusters"]) ?? {};
}

function configIn({ config }: HistoryEntry): Properties {
  return isProperties(config) ? config : {};
}

function timeOf(time: JsonValue | undefined): number | undefined {
  if (typeof time === "number") return time * 1000;
  const parsed = typeof time === "string" ? Date.parse(time) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Our runs say who ordered them; of others the engine notes who made the last commit. */
function whoOf(environment: Properties): string | undefined {
  const { "exec.agent": agent, "git.author": author } = environment;
  if (typeof agent === "string" && agent.startsWith("coppice/")) return agent.slice("coppice/".length);
  return typeof author === "string" && author !== "" ? author : undefined;
}

function documentsOf(config: Properties, key: string): readonly Description[] | undefined {
  const value = plainValue(config[key]);
  if (value === undefined || !Object.values(value).every(isProperties)) return undefined;
  return Object.entries(value).flatMap(([name, said]) => (isProperties(said) ? [describe(name, said)] : []));
}

/** A value of the configuration, which may be written as a text; undefined where it is encrypted or none. */
function plainValue(value: JsonValue | undefined): Properties | undefined {
  if (typeof value === "string") return parseProperties(value);
  if (!isProperties(value) || "secure" in value) return undefined;
  if (typeof value["secret"] !== "boolean") return value;
  return isProperties(value["objectValue"]) ? value["objectValue"] : plainValue(value["value"]);
}

function describe(name: string, { kind, version: _version, ...inputs }: Properties): Description {
  return { kind: typeof kind === "string" ? kind : "", name, inputs };
}
