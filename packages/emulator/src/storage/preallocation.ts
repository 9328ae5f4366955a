import type { StorageConfig } from "./storage-config.ts";
import type { VolumeFormat } from "./volume-types.ts";

/** The preallocation a new file gets: the storage's, where `metadata` means `off` for raw files (Plugin.pm). */
export function preallocation(storage: StorageConfig, format: VolumeFormat): string | undefined {
  const wanted = storage.options["preallocation"] ?? "metadata";
  if (format === "qcow2") return wanted;
  if (format === "raw") return wanted === "metadata" ? "off" : wanted;
  return undefined;
}
