import { list, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** A node as the cluster sees it; memory in bytes. */
export type NodeSummary = ReturnType<typeof parseNode>;

/** Reads a node of `nodes` or `cluster/resources`. */
export const parseNode = shape({
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

const parseVersion = shape({ version: text });

/** The version that a node runs: the least that it can be asked, by which it is known to answer. */
export async function readNodeVersion(
  caller: PveCaller,
  node: string,
  signal?: AbortSignal,
): Promise<string> {
  const path = "/nodes/{node}/version";
  return (await caller.call({ method: "GET", path, in: { node }, parse: parseVersion, signal })).version;
}

const parseInterface = shape({ iface: text });

/**
 * The bridges and virtual networks of a node that whoever asks may use or look at. Those of virtual networks are in force
 * on the node; a bridge that was configured and not applied yet counts as one.
 */
export async function listBridges(
  caller: PveCaller,
  node: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const interfaces = await caller.call({
    method: "GET",
    path: "/nodes/{node}/network",
    in: { node },
    params: { type: "any_bridge" },
    parse: list(parseInterface),
    signal,
  });
  return new Set(interfaces.map(({ iface }) => iface));
}
