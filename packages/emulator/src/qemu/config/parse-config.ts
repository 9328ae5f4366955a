import { createHash } from "node:crypto";
import { decodeText } from "../../guests/config/description-text.ts";
import {
  type ConfigDraft,
  type ConfigValues,
  freshConfig,
  type GuestConfig,
} from "../../guests/config/guest-config.ts";
import { parsePendingDelete } from "../../guests/config/pending-delete.ts";
import { parseBoolean } from "../../schema/parse-boolean.ts";
import { plainOptions } from "../options/plain-options.ts";

const booleanOptions = new Set(
  Object.entries(plainOptions).flatMap(([key, { type }]) => (type === "boolean" ? [key] : [])),
);

/** A section while it is read: the lines of its description are collected apart. */
interface Section {
  readonly values: ConfigValues;
  readonly pending: boolean;
  readonly description: string[];
}

/**
 * Reads a guest's configuration file as Proxmox does: sections `[PENDING]`, `[special:…]` and one per snapshot; lines
 * that cannot be understood are dropped (qemu-server 9.2.6, parse_vm_config).
 */
export function parseConfig(text: string): GuestConfig {
  const config = { ...freshConfig({}), digest: createHash("sha1").update(text).digest("hex") };
  let section: Section | undefined = { values: config.values, pending: false, description: [] };
  for (const line of text.split("\n")) {
    const header = /^\[([^\]]*)\]\s*$/.exec(line);
    if (header === null) {
      if (section !== undefined) readLine(config, section, line);
      continue;
    }
    finish(section);
    section = openSection(config, header[1] ?? "");
  }
  finish(section);
  return config;
}

function openSection(config: ConfigDraft, name: string): Section | undefined {
  if (/^pending$/i.test(name)) return { values: config.pending, pending: true, description: [] };
  const special = /^special:(cloudinit|fleecing)$/i.exec(name)?.[1];
  const values: ConfigValues = {};
  if (special !== undefined) config.special[special] = values;
  else if (/^[a-z][a-z0-9_-]+$/i.test(name)) config.snapshots[name] = values;
  else return undefined;
  return { values, pending: false, description: [] };
}

function finish(section: Section | undefined): void {
  if (section === undefined || section.description.length === 0) return;
  section.values["description"] = section.description.join("\n").trimEnd();
}

function readLine(config: ConfigDraft, section: Section, line: string): void {
  if (line.startsWith("#")) {
    section.description.push(decodeText(line.slice(1)));
    return;
  }
  const match = /^([a-z][a-z_-]*\d*):\s*(.+?)\s*$/.exec(line);
  if (match === null) return;
  const [, key = "", value = ""] = match;
  if (key === "description") section.description.push(decodeText(value));
  else if (key === "delete" && section.pending) config.pendingDelete = parsePendingDelete(value);
  else if (key !== "delete") section.values[key === "cdrom" ? "ide2" : key] = valueOf(key, value);
}

/** A hand-written `onboot: yes` is 1 (qemu-server 9.2.6, check_type). */
function valueOf(key: string, value: string): string {
  return booleanOptions.has(key) ? (parseBoolean(value) ?? value) : value;
}
