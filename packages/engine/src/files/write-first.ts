import { randomUUID } from "node:crypto";
import { link, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeNew } from "./write-new.ts";

/**
 * Writes a file unless it is there, whole or not at all. Of several who do so at once the first wins: the file gets its name
 * by a link when it is written, since a rename would take it from another one.
 */
export async function writeFirst(file: string, text: string, mode?: number): Promise<void> {
  const draft = join(dirname(file), `.${randomUUID()}`);
  try {
    await writeNew(draft, text, mode);
    await link(draft, file).catch(unlessThere);
  } finally {
    await rm(draft, { force: true });
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
