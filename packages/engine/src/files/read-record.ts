import { CoppiceError, type Properties, parseProperties } from "@coppice/core";
import { orUndefined } from "./or-undefined.ts";
import { readPacked } from "./read-packed.ts";

/**
 * Reads what the engine recorded in a file; undefined where there is none. One that was cut off says nothing: to take it for
 * an empty stack would forget machines that are there.
 *
 * @throws CoppiceError `engine.state`
 */
export async function readRecord(file: string): Promise<Properties | undefined> {
  try {
    const text = await readPacked(file).catch(orUndefined);
    return text === undefined ? undefined : (parseProperties(text) ?? unreadable(file));
  } catch (error) {
    if (isCutOff(error)) return unreadable(file, error);
    throw error;
  }
}

/** What zlib says of a packed file that is none, or not whole. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

function unreadable(file: string, cause?: unknown): never {
  throw new CoppiceError("engine.state", {
    what: `The file ${file} cannot be read, so nobody can tell what the stack has, and nothing was done`,
    why: "it was cut off, as happens when a disk is full, or somebody changed it",
    wayOut:
      `Put a copy back: the engine keeps the one before as ${file}.bak, and every one of a stack's versions below .pulumi/history. ` +
      "Then `coppice drift <documents>` tells what has changed since",
    cause,
  });
}
