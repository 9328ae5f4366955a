import type { StorageConfig } from "../catalog/storage-config.ts";
import type { Backend } from "./backend.ts";
import { fileBackend } from "./file-backend.ts";
import { thinBackend } from "./thin-backend.ts";

/** How this storage keeps its volumes: as files below its path, or by the rules of a thin pool. */
export function backendOf(storage: StorageConfig): Backend {
  return storage.path === undefined ? thinBackend : fileBackend;
}
