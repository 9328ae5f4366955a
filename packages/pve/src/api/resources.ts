import { list, type Parser, record, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import { type GuestResource, parseGuest } from "./cluster.ts";
import { type NodeSummary, parseNode } from "./nodes.ts";
import { parseStorageResource, type StorageResource } from "./storage.ts";

/** What there is in a cluster, as far as whoever asks may see it. */
export interface ClusterResources {
  readonly nodes: readonly NodeSummary[];
  readonly guests: readonly GuestResource[];
  /** A shared storage is listed on each of its nodes. */
  readonly storages: readonly StorageResource[];
}

const parseRows = list(record);
const parseType = shape({ type: text });

const parseResources: Parser<ClusterResources> = (value, where) => {
  const rows = Map.groupBy(parseRows(value, where), (row) => parseType(row).type);
  const of = (type: string) => rows.get(type) ?? [];
  return {
    nodes: of("node").map((row) => parseNode(row)),
    guests: [...of("qemu"), ...of("lxc")].map((row) => parseGuest(row)),
    storages: of("storage").map((row) => parseStorageResource(row)),
  };
};

/** Nodes, guests and storages of the cluster in one call. */
export async function listResources(caller: PveCaller, signal?: AbortSignal): Promise<ClusterResources> {
  return await caller.call({ method: "GET", path: "/cluster/resources", parse: parseResources, signal });
}
