import type { Cluster } from "../cluster/cluster.ts";
import { byName } from "../kernel/by-name.ts";

/** The path of the datacenter options in the cluster's files. */
export const datacenterFile = "datacenter.cfg";

/** Options whose value is a property string and is answered taken apart. */
const propertyStrings = new Set([
  "next-id",
  "tag-style",
  "migration",
  "ha",
  "crs",
  "bwlimit",
  "notify",
  "u2f",
  "webauthn",
  "user-tag-access",
]);

/** datacenter.cfg as keys and texts; the description stands in `#` lines on top. */
export function readDatacenter(cluster: Cluster): Map<string, string> {
  const found = new Map<string, string>();
  const description: string[] = [];
  for (const line of (cluster.files.read(datacenterFile) ?? "").split("\n")) {
    if (line.startsWith("#")) description.push(decodeURIComponent(line.slice(1)));
    const [, key, value = ""] = /^([a-z][a-z0-9_-]*):\s*(.*?)\s*$/i.exec(line) ?? [];
    if (key !== undefined) found.set(key, value);
  }
  found.set("description", description.map((line) => `${line}\n`).join(""));
  return found;
}

/** Writes datacenter.cfg's text. */
export function formatDatacenter(options: ReadonlyMap<string, string>): string {
  const lines = [...options]
    .filter(([key]) => key !== "description")
    .sort(byName)
    .map(([key, value]) => `${key}: ${value}\n`);
  const description = options.get("description") ?? "";
  const top =
    description === ""
      ? []
      : description
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => `#${encodeLine(line)}\n`);
  return [...top, ...lines].join("");
}

function encodeLine(line: string): string {
  return line.replace(/[\u0000-\u001f%\u007f-\uffff]/g, (char) => encodeURIComponent(char));
}

function taken(text: string): Record<string, string> {
  const pairs = text.split(",").map((part) => part.split("=", 2));
  return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, value]));
}

/** The options as the API answers them. */
export function datacenterAnswer(cluster: Cluster): Record<string, unknown> {
  const options = readDatacenter(cluster);
  const known = [...options].map(
    ([key, value]) => [key, propertyStrings.has(key) ? taken(value) : value] as const,
  );
  const tags = (options.get("registered-tags") ?? "").split(";").filter((tag) => tag !== "");
  return { mac_prefix: "BC:24:11", ...Object.fromEntries(known), "allowed-tags": tags };
}

/** The range that free ids are looked for in; the upper end is excluded. */
export function nextIdRange(cluster: Cluster): { readonly lower: number; readonly upper: number } {
  const { lower = "100", upper = "1000000" } = taken(readDatacenter(cluster).get("next-id") ?? "");
  return { lower: Number(lower), upper: Number(upper) };
}
