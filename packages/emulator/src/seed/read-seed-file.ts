import { readFile } from "node:fs/promises";
import { CoppiceError, fileReason } from "@coppice/core";
import type { SeedDocument } from "./seed-document.ts";

/** Reads a seed file. The YAML library is loaded only here: without a seed nobody waits for it. */
export async function readSeedFile(file: string): Promise<SeedDocument> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new CoppiceError("emulator.seed", {
      what: `the seed file ${file} cannot be read`,
      why: fileReason(error),
      cause: error,
    });
  });
  const { readSeed } = await import("./read-seed.ts");
  return readSeed(text, file);
}
