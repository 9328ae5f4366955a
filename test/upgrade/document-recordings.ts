import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where recordings of homes lie, a folder for each version: documents, the home that `coppice up` filled, the cluster. */
export const documentRecordings = fileURLToPath(new URL("document-recordings", import.meta.url));

/** The versions whose homes were recorded. */
export function recordedHomes(): string[] {
  return readdirSync(documentRecordings, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
