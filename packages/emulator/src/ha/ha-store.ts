import { createHash } from "node:crypto";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { formatSections, parseSections, type Sections } from "../cluster/section-config.ts";

/** Where HA keeps what it is told. */
export const haFiles = {
  resources: "ha/resources.cfg",
  rules: "ha/rules.cfg",
  groups: "ha/groups.cfg",
} as const;

export type HaFile = (typeof haFiles)[keyof typeof haFiles];

/** The sections of a file and the digest of its text. */
export function readHa(
  cluster: Cluster,
  file: HaFile,
): { readonly sections: Sections; readonly digest: string } {
  const text = cluster.files.read(file) ?? "";
  return { sections: parseSections(text), digest: createHash("sha1").update(text).digest("hex") };
}

export function writeHa(node: Node, file: HaFile, sections: Sections): void {
  node.files.write(file, formatSections(sections));
}

/** What a resource's options ask for; `enabled` is the old word for `started` (pve-ha-manager, HA/Config.pm). */
export function requestedState(options: Readonly<Record<string, string>>): string {
  const state = options["state"] ?? "started";
  return state === "enabled" ? "started" : state;
}

/** True when HA knows the guest, also one that it is told to leave alone: such a guest cannot be deleted without `purge`. */
export function isHaConfigured(cluster: Cluster, vmid: number): boolean {
  return readHa(cluster, haFiles.resources).sections.has(String(vmid));
}

/** True when HA decides about the guest's power and place; an `ignored` one is like any other (recordings, multinode n 621). */
export function isHaManaged(cluster: Cluster, vmid: number): boolean {
  const found = readHa(cluster, haFiles.resources).sections.get(String(vmid));
  return found !== undefined && requestedState(found.options) !== "ignored";
}

/** Asks HA to bring a guest of its own to `started` or `stopped`. */
export function requestHaState(cluster: Cluster, node: Node, vmid: number, state: string): void {
  const { sections } = readHa(cluster, haFiles.resources);
  const found = sections.get(String(vmid));
  if (found === undefined) return;
  found.options["state"] = state;
  writeHa(node, haFiles.resources, sections);
}

/** Takes a guest out of HA's resources; false when it was none. */
export function leaveHa(cluster: Cluster, node: Node, vmid: number): boolean {
  const { sections } = readHa(cluster, haFiles.resources);
  if (!sections.delete(String(vmid))) return false;
  writeHa(node, haFiles.resources, sections);
  return true;
}
