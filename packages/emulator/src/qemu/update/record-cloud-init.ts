import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { isCloudInitOption } from "./hotplug-rules.ts";

/**
 * Notes in `[special:cloudinit]` that an option differs from what the drive was made with: the former value, or that it
 * was added. Going back to the former value removes the note.
 */
export function recordCloudInitChange(
  config: ConfigDraft,
  key: string,
  former: string | undefined,
  next: string | undefined,
): void {
  if (!isCloudInitOption(key) || (former === undefined && next === undefined)) return;
  const section = config.special["cloudinit"] ?? {};
  const added = new Set((section["added"] ?? "").split(",").filter((name) => name !== ""));
  const recorded = section[key];
  if (recorded !== undefined) {
    if (next === recorded) delete section[key];
  } else if (added.has(key)) {
    if (next === undefined) added.delete(key);
  } else if (former === undefined) added.add(key);
  else section[key] = former;
  if (added.size > 0) section["added"] = [...added].sort().join(",");
  else delete section["added"];
  if (Object.keys(section).length > 0) config.special["cloudinit"] = section;
  else delete config.special["cloudinit"];
}
