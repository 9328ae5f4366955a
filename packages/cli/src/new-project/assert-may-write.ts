import { access, constants, readdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CoppiceError, fileReason, isFileError } from "@coppice/core";

/**
 * Refuses a folder that cannot take a new project: one that holds something, or that may not be made. Writes nothing.
 *
 * @throws CoppiceError `template.folder`
 */
export async function assertMayWrite(folder: string): Promise<void> {
  try {
    const place = await nearest(resolve(folder));
    await access(place, constants.W_OK | constants.X_OK);
    if (place !== resolve(folder)) return;
  } catch (cause) {
    throw cannotTake(folder, cause);
  }
  if ((await readdir(folder)).length > 0) throw refused(folder, "it is not empty");
}

/** Turns what the system said about a project's folder into a sentence. */
export function cannotTake(folder: string, cause: unknown): unknown {
  // What does not exist is something else: all above the folder is made with it.
  if (!isFileError(cause) || cause.code === "ENOENT") return cause;
  return refused(folder, `${fileReason(cause)} (${cause.code})`, cause);
}

/** The folder itself, or the one that it would be made in. */
async function nearest(folder: string): Promise<string> {
  try {
    await readdir(folder);
    return folder;
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAbsent || dirname(folder) === folder) throw error;
    return await nearest(dirname(folder));
  }
}

function refused(folder: string, why: string, cause?: unknown): CoppiceError {
  return new CoppiceError("template.folder", {
    what: `The folder ${folder} cannot take a new project`,
    why,
    wayOut: "Name another folder",
    ...(cause === undefined ? {} : { cause }),
  });
}
