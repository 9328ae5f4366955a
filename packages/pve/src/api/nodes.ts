import { list, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** A node as the cluster sees it; memory in bytes. */
export type NodeSummary = ReturnType<typeof parseNode>;

const parseNode = shape({
  node: text,
  status: text,
  cpu: optional(number),
  maxcpu: optional(number),
  mem: optional(number),
  maxmem: optional(number),
  ssl_fingerprint: optional(text),
});

/** The nodes of the cluster. One that went away is `offline` after about 7 s (docs/proxmox-facts.md#old-figures). */
export async function listNodes(caller: PveCaller, signal?: AbortSignal): Promise<readonly NodeSummary[]> {
  return await caller.call({ method: "GET", path: "/nodes", parse: list(parseNode), signal });
}
