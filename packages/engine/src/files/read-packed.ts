import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

/** Reads a file of the engine's, which packs its files when `PULUMI_DIY_BACKEND_GZIP` says so. */
export async function readPacked(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
