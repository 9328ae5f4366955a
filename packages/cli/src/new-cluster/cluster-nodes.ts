import {
  list,
  listNodes,
  number,
  optional,
  type PveCaller,
  PveError,
  readVersion,
  shape,
  text,
} from "@coppice/pve";

/** A node and where it says that it is reached. */
export interface ClusterNode {
  readonly name: string;
  readonly address?: string;
  readonly online: boolean;
}

const parseStatus = list(shape({ type: text, name: text, ip: optional(text), online: optional(number) }));

/** The nodes of a cluster, and whether the token is one. Addresses are told only to those who hold Sys.Audit on `/`. */
export async function readNodes(caller: PveCaller): Promise<readonly ClusterNode[]> {
  await readVersion(caller);
  try {
    const status = await caller.call({ method: "GET", path: "/cluster/status", parse: parseStatus });
    return status
      .filter(({ type }) => type === "node")
      .map(({ name, ip, online }) => ({
        name,
        online: online === 1,
        ...(ip === undefined ? {} : { address: ip }),
      }));
  } catch (error) {
    if (!PveError.is(error) || error.code !== "pve.forbidden") throw error;
    const nodes = await listNodes(caller);
    return nodes.map(({ node, status }) => ({ name: node, online: status === "online" }));
  }
}
