import { open } from "node:fs/promises";
import { documentLimits } from "@coppice/spec";

/** Reads a file of documents, no further than one byte beyond what is allowed: the reader of documents says that it is. */
export async function readLimited(file: string): Promise<string> {
  await using handle = await open(file);
  const buffer = Buffer.alloc(documentLimits.fileBytes + 1);
  let size = 0;
  for (let more = 1; more > 0 && size < buffer.length; size += more) {
    more = (await handle.read(buffer, size, buffer.length - size, null)).bytesRead;
  }
  return buffer.toString("utf8", 0, size);
}
