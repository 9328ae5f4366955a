import type { Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import { CoppiceError } from "@coppice/core";
import { documentLimits } from "@coppice/spec";

/** In bytes; few documents are longer. */
const PIECE = 16_384;

/**
 * Reads a file of documents, no further than one byte beyond what is allowed: the reader of documents says that it is.
 *
 * @throws CoppiceError `document.missing` where it is no ordinary file
 */
export async function readLimited(file: string): Promise<string> {
  const info = await stat(file);
  // Before it is opened: who opens a named pipe waits for its writer, and no signal ends that.
  if (!info.isFile()) throw noFile(file, info);
  await using handle = await open(file);
  const pieces: Buffer[] = [];
  for (let left = documentLimits.fileBytes + 1; left > 0; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(left, PIECE)));
    if (bytesRead === 0) break;
    pieces.push(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return Buffer.concat(pieces).toString("utf8");
}

function noFile(file: string, info: Stats): CoppiceError {
  return new CoppiceError("document.missing", {
    what: `No document can be read from ${file}`,
    why: info.isDirectory() ? "it is a folder" : "it is no ordinary file, such as a named pipe or a device",
    wayOut: info.isDirectory()
      ? "Name the file of the document"
      : "Write the document into a file, and name that",
  });
}
