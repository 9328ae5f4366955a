import { X509Certificate } from "node:crypto";
import type { Cluster } from "../cluster/cluster.ts";

const known = new Map<string, string>();

/** The SHA-256 fingerprint of a node's certificate, as lists of nodes show it. */
export function fingerprintOf(cluster: Cluster, node: string): string {
  const text = cluster.files.read(`nodes/${node}/pve-ssl.pem`);
  if (text === undefined) return "";
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  const found = new X509Certificate(text).fingerprint256;
  known.set(text, found);
  return found;
}
