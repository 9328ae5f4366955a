import { readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join, relative } from "node:path";
import { CLUSTERS } from "./recording.ts";
import { scrubState } from "./scrub-state.ts";

/** Stands in a recorded home for the folder in which the documents lay. */
const FOLDER = "/the/folder/of/the/documents";

/** What a home keeps for good: no tools, no backups, no sums of files that are scrubbed, no cluster's settings. */
export function homeFiles(home: string): string[] {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)));
  return files.filter((file) => !/^(engine|runs|clusters)\/|\/backups\/|\.(attrs|bak)$/.test(file));
}

/** A file of a home without what belongs to the machine on which it was written. */
export function scrubHomeFile(text: string, folder: string): string {
  const plain = text
    .replaceAll(folder, FOLDER)
    .replaceAll(`@${hostname()}`, "@host")
    .replaceAll(`"${hostname()}"`, '"host"');
  return plain.startsWith("{") ? scrubState(withoutSettings(plain)) : plain;
}

/** A file of a home as it would stand on this machine, with the cluster's settings where they were. */
export function fillHomeFile(
  text: string,
  { folder, clusters }: { folder: string; clusters: object },
): string {
  const settings = sorted(clusters);
  return text
    .replaceAll(FOLDER, folder)
    .replaceAll(
      `"coppice:clusters": ${JSON.stringify(CLUSTERS)}`,
      () => `"coppice:clusters": ${JSON.stringify(settings)}`,
    )
    .replaceAll(JSON.stringify(CLUSTERS), () => JSON.stringify(JSON.stringify(settings)));
}

/** In a history the settings stand as what they are, in a state as text. */
function withoutSettings(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (key, value: unknown) => (key === "coppice:clusters" ? CLUSTERS : value)),
  );
}

/** The engine sorts what it is configured with. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
