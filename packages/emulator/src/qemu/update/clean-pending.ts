import type { ConfigDraft } from "../../guests/config/guest-config.ts";

/** Drops pending values that are in force and deletions of what is not there; answers whether anything changed. */
export function cleanPending(config: ConfigDraft): boolean {
  let changed = false;
  for (const [key, value] of Object.entries(config.pending)) {
    if (config.values[key] !== value) continue;
    delete config.pending[key];
    changed = true;
  }
  for (const key of config.pendingDelete.keys()) {
    if (config.values[key] !== undefined) continue;
    config.pendingDelete.delete(key);
    changed = true;
  }
  return changed;
}
