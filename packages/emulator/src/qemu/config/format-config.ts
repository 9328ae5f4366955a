import { encodeText } from "../../guests/config/description-text.ts";
import type { ConfigValues, GuestConfig } from "../../guests/config/guest-config.ts";
import { formatPendingDelete } from "../../guests/config/pending-delete.ts";
import { isDriveName } from "../options/drive-names.ts";
import { isCloudInit, parseDrive } from "./drive.ts";

/** Writes a configuration file: description first, options sorted, then the sections (qemu-server 9.2.6, write_vm_config). */
export function formatConfig(config: GuestConfig): string {
  const values = withoutAttached(config);
  let text = formatSection(values, false);
  if (Object.keys(config.pending).length > 0 || config.pendingDelete.size > 0) {
    const deletions = formatPendingDelete(config.pendingDelete);
    const pending = deletions === "" ? config.pending : { ...config.pending, delete: deletions };
    text += `\n[PENDING]\n${formatSection(pending, true)}`;
  }
  for (const [name, section] of sorted(config.special)) {
    if (name === "cloudinit" && !hasCloudInit(values)) continue;
    text += `\n[special:${name}]\n${formatSection(section, false)}`;
  }
  for (const [name, section] of sorted(config.snapshots))
    text += `\n[${name}]\n${formatSection(section, false)}`;
  return text;
}

function formatSection(values: Readonly<ConfigValues>, pending: boolean): string {
  const description = values["description"];
  let text = "";
  if (description !== undefined && description !== "") {
    text = description
      .replace(/\n+$/, "")
      .split("\n")
      .map((line) => `#${encodeText(line)}\n`)
      .join("");
  } else if (description !== undefined && pending) text = "#\n";
  for (const [key, value] of sorted(values)) {
    if (key !== "description") text += `${key}: ${value}\n`;
  }
  return text;
}

/** The options without those `unusedN` whose volume is attached again. */
function withoutAttached(config: GuestConfig): Readonly<ConfigValues> {
  const attached = new Set<string>();
  for (const section of [config.values, config.pending]) {
    for (const [key, value] of Object.entries(section)) {
      if (isDriveName(key)) attached.add(parseDrive(value).file);
    }
  }
  const kept = Object.entries(config.values).filter(
    ([key, value]) => !(key.startsWith("unused") && attached.has(value)),
  );
  return Object.fromEntries(kept);
}

function hasCloudInit(values: Readonly<ConfigValues>): boolean {
  return Object.entries(values).some(([key, value]) => isDriveName(key) && isCloudInit(parseDrive(value)));
}

/** Perl's `sort keys`: by character code. */
function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
