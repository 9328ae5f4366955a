import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Declared } from "./recorded-program.ts";

/** Where recordings lie: a folder for each version, in it the cluster and a folder for each stack. */
export const recordings = fileURLToPath(new URL("recordings", import.meta.url));

/** The emulated cluster on which all stacks of a version stand, as a compressed archive of its data folder. */
export const clusterFile = "cluster.tar.zst";

/** Stands in a recorded state for the cluster's settings, which are other ones each time that it is started. */
export const CLUSTERS = "the settings of the cluster that is restored";

/** One stack as a version of the past left it. */
export interface Recording {
  readonly name: string;
  readonly declared: Declared;
  readonly door?: "dynamic";
  /** Seats that an accident left to the next run. */
  readonly unfinished: readonly string[];
  /** What `pulumi stack export` said, scrubbed. */
  readonly state: string;
}

/** The versions that were recorded. */
export function recordedVersions(): string[] {
  return foldersIn(recordings);
}

/** The stacks that were recorded of a version. */
export function readRecordings(version: string): Recording[] {
  return foldersIn(join(recordings, version)).map((name) => {
    const folder = join(recordings, version, name);
    // as: the recorder's own file.
    const story = JSON.parse(readFileSync(join(folder, "story.json"), "utf8")) as Omit<
      Recording,
      "name" | "state"
    >;
    return { ...story, name, state: readFileSync(join(folder, "state.json"), "utf8") };
  });
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
