import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError } from "@coppice/core";

/** What may hold documents. */
const DOCUMENT = /\.(?:ya?ml|json)$/;

/** Files beside documents that belong to tools, not to us. */
const FOREIGN = /^(?:\.|Pulumi\b|package(?:-lock)?\.json$|tsconfig\b|node_modules$)/;

/**
 * The files that a person means: one that is named whatever it is called, of a folder those that may hold documents, in it
 * and below it, sorted.
 *
 * @throws CoppiceError `document.missing`
 */
export async function findDocumentFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(filesAt));
  return [...new Set(found.flat())];
}

async function filesAt(path: string): Promise<string[]> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw missing(path, "there is no such file or folder");
    throw error;
  });
  if (!info.isDirectory()) return [path];
  const files = await filesIn(path);
  if (files.length === 0) throw missing(path, "the folder holds no file that ends in .yaml, .yml or .json");
  return files;
}

/** The files of a folder itself that may hold documents. */
export async function documentFilesOf(folder: string): Promise<string[]> {
  const files = (await ownEntries(folder)).filter((entry) => entry.isFile() && DOCUMENT.test(entry.name));
  return files.map(({ name }) => join(folder, name));
}

/** What is no ordinary file, such as a pipe or a socket that a program keeps there, holds none. */
async function documentAt(folder: string, entry: Dirent): Promise<string[]> {
  const file = join(folder, entry.name);
  if (!DOCUMENT.test(entry.name)) return [];
  const info = entry.isSymbolicLink() ? await stat(file) : entry;
  return info.isFile() ? [file] : [];
}

async function ownEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !FOREIGN.test(name)).sort((a, b) => a.name.localeCompare(b.name));
}

async function filesIn(folder: string): Promise<string[]> {
  const own = await ownEntries(folder);
  const found = own.map(async (entry) => {
    return entry.isDirectory() ? await filesIn(join(folder, entry.name)) : await documentAt(folder, entry);
  });
  return (await Promise.all(found)).flat();
}

function missing(path: string, why: string): CoppiceError {
  return new CoppiceError("document.missing", {
    what: `No document can be read from ${path}`,
    why,
    wayOut: "Name a file of documents, or a folder of them",
  });
}
