import { createHash } from "node:crypto";
import type { Cluster } from "../kernel/cluster.ts";
import type { Node } from "../kernel/node.ts";
import { formatSections, parseSections, type Sections } from "./section-config.ts";

/** Where HA keeps what it is told. */
export const haFiles = { resources: "ha/resources.cfg", rules: "ha/rules.cfg" } as const;

/** One of HA's section files. */
export type HaFile = (typeof haFiles)[keyof typeof haFiles];

/** The sections of a file and the digest of its text. */
export function readHa(
  cluster: Cluster,
  file: HaFile,
): { readonly sections: Sections; readonly digest: string } {
  const text = cluster.files.read(file) ?? "";
  return { sections: parseSections(text), digest: createHash("sha1").update(text).digest("hex") };
}

/** Writes a file back. */
export function writeHa(node: Node, file: HaFile, sections: Sections): void {
  node.files.write(file, formatSections(sections));
}

/** True when a guest is one of HA's resources. */
export function isHaManaged(cluster: Cluster, vmid: number): boolean {
  return readHa(cluster, haFiles.resources).sections.has(String(vmid));
}

/** Takes a guest out of HA's resources; false when it was none. */
export function leaveHa(cluster: Cluster, node: Node, vmid: number): boolean {
  const { sections } = readHa(cluster, haFiles.resources);
  if (!sections.delete(String(vmid))) return false;
  writeHa(node, haFiles.resources, sections);
  return true;
}
