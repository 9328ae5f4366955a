import { open } from "node:fs/promises";
import { documentLimits } from "@coppice/spec";

/** In bytes; few documents are longer. */
const PIECE = 16_384;

/** Reads a file of documents, no further than one byte beyond what is allowed: the reader of documents says that it is. */
export async function readLimited(file: string): Promise<string> {
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
