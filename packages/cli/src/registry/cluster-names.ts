import { readdir } from "node:fs/promises";
import { CoppiceError, fileReason } from "@coppice/core";

/**
 * The names of the registered clusters, sorted.
 *
 * @throws CoppiceError `engine.home` when the folder is there and cannot be read
 */
export async function clusterNames(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw new CoppiceError("engine.home", {
      what: `The folder of the registered clusters, ${folder}, cannot be read`,
      why: fileReason(cause),
      wayOut: "Make it a folder that you may read, or name another home in COPPICE_HOME",
      cause,
    });
  });
  return files.flatMap((file) => /^([a-z0-9-]+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}
