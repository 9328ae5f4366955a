import { readFile, realpath, stat } from "node:fs/promises";
import { CoppiceError } from "@coppice/core";
import { replaceFile } from "@coppice/engine";
import type { Source } from "@coppice/spec";

/**
 * Writes a file of documents anew, whole or not at all, and only over what was read; who may read it stays.
 *
 * @throws CoppiceError `document.missing`
 */
export async function replaceSource({ file, text: before }: Source, text: string): Promise<void> {
  if ((await readFile(file, "utf8")) !== before) {
    throw new CoppiceError("document.missing", {
      what: `Nothing was written into ${file}`,
      why: "somebody changed it meanwhile",
      wayOut: "Look at it, and try again",
    });
  }
  // Where the file is a link, it stays one.
  await replaceFile(await realpath(file), text, (await stat(file)).mode & 0o777);
}
