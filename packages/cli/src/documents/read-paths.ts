import { stat } from "node:fs/promises";
import type { Source } from "@coppice/spec";
import { findDocumentFiles } from "./find-document-files.ts";
import { readSources } from "./read-given.ts";

/** What lies where a person says. */
export interface ReadPaths {
  readonly sources: readonly Source[];
  /** Whether a folder was named: then what a stack has beside is worth a word, since its file may have been taken away. */
  readonly isWhole: boolean;
}

/** Reads the files that paths name. */
export async function readPaths(paths: readonly string[]): Promise<ReadPaths> {
  const sources = await readSources(await findDocumentFiles(paths));
  const infos = await Promise.all(paths.map((path) => stat(path)));
  return { sources, isWhole: infos.some((info) => info.isDirectory()) };
}
