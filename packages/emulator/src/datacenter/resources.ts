import { accessOf } from "../access/access.ts";
import type { Pool } from "../access/user-config.ts";
import type { Call } from "../api/call.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { statusRound } from "../daemons/status-round.ts";
import type { GuestConfig } from "../guests/config/guest-config.ts";
import { type FoundGuest, guestIndex } from "../guests/guest-index.ts";
import { haIdOf } from "../guests/guest-kind.ts";
import type { GuestRow } from "../guests/guest-row.ts";
import { haStates, readManager } from "../ha/ha-status.ts";
import { findConfig } from "../qemu/config/config-file.ts";
import { splitList } from "../schema/params.ts";
import { storageCatalog } from "../storage/catalog/storage-catalog.ts";

type Row = Record<string, unknown>;

/** Tags as this release answers them. */
function tagsOf(cluster: Cluster, tags: string): string {
  const items = splitList(tags);
  return (cluster.version.features.sortedTags ? items.sort() : items).join(";");
}

/** What a configuration adds to its guest's row. */
function additionOf(cluster: Cluster, config: GuestConfig): Row {
  const { tags, lock } = config.values;
  return {
    ...(tags === undefined || tags === "" ? {} : { tags: tagsOf(cluster, tags) }),
    ...(lock === undefined ? {} : { lock }),
  };
}

/** A row and what it was made of. */
interface MadeRow {
  /** The state of all files at which `config` was read: as long as no file changes, it need not be looked up. */
  readonly generation: number;
  readonly told: GuestRow | undefined;
  readonly config: GuestConfig | undefined;
  readonly pool: string | undefined;
  readonly hastate: string | undefined;
  readonly row: Row;
}

/** What lists know of a guest besides its configuration. */
interface Surroundings {
  readonly pool: string | undefined;
  readonly hastate: string | undefined;
}

const madeRows = new WeakMap<FoundGuest, MadeRow>();

/** One guest: what the files say at once and what pvestatd told last; the same row as long as neither changes. */
function guestRowOf(cluster: Cluster, found: FoundGuest, { pool, hastate }: Surroundings): Row {
  const { vmid, node, kind } = found;
  const { generation } = cluster.files;
  const known = madeRows.get(found);
  const config = known?.generation === generation ? known.config : findConfig(cluster, node, vmid);
  const told = statusRound(cluster).guest(vmid);
  const isSame = known?.told === told && known?.config === config;
  if (isSame && known !== undefined && known.pool === pool && known.hastate === hastate) {
    if (known.generation !== generation) madeRows.set(found, { ...known, generation });
    return known.row;
  }
  const row: Row = { id: `${kind}/${vmid}`, type: kind, vmid, node, status: "unknown" };
  Object.assign(row, told);
  if (pool !== undefined) row["pool"] = pool;
  if (hastate !== undefined) row["hastate"] = hastate;
  if (config !== undefined) Object.assign(row, additionOf(cluster, config));
  Object.freeze(row);
  madeRows.set(found, { generation, told, config, pool, hastate, row });
  return row;
}

/** The visible guests. */
function guestRows({ cluster, identity }: Call): Row[] {
  const pools = new Map<number, string>();
  for (const [name, pool] of accessOf(cluster).config.pools)
    for (const vmid of pool.vms) pools.set(vmid, name);
  const rows: Row[] = [];
  const states = haStates(cluster);
  for (const found of guestIndex(cluster).list()) {
    if (!cluster.allow(identity, `/vms/${found.vmid}`, ["VM.Audit"])) continue;
    const { vmid } = found;
    rows.push(guestRowOf(cluster, found, { pool: pools.get(vmid), hastate: states.get(haIdOf(found)) }));
  }
  return rows;
}

/** How `from` sees a node: `unknown` when corosync.conf does not list it. */
export function nodeState(cluster: Cluster, from: Node, node: Node): "online" | "offline" | "unknown" {
  const { membership } = cluster;
  if (membership === undefined) return "online";
  if (!membership.members.some((member) => member.name === node.name)) return "unknown";
  return cluster.sees(from, node) ? "online" : "offline";
}

/** A node as lists show it; figures only for whoever may audit it. */
export function nodeRows(call: Call, figuresFor: (node: string) => boolean): Row[] {
  const { cluster } = call;
  return cluster.knownNodes(call.entry).map((node) => {
    const status = nodeState(cluster, call.entry, node);
    const told = statusRound(cluster).node(node.name);
    const id = { id: `node/${node.name}`, node: node.name, type: "node", status };
    // The level comes with the figures (recordings, multinode n 764).
    if (told === undefined) return id;
    const row: Row = { ...id, level: "" };
    if (!figuresFor(node.name)) return row;
    const limits = { maxcpu: node.hardware.cpus, maxmem: node.hardware.memoryBytes, maxdisk: told.maxdisk };
    const figures = { cpu: told.cpu, mem: told.mem, disk: told.disk, uptime: told.uptime };
    return status === "online" ? { ...row, ...limits, ...figures } : { ...row, ...limits };
  });
}

/** Every storage on every node that may use it. */
function storageRows(call: Call): Row[] {
  const { cluster, identity } = call;
  const rows: Row[] = [];
  for (const storage of storageCatalog(cluster).list()) {
    if (storage.disabled) continue;
    if (
      !cluster.allow(identity, `/storage/${storage.id}`, ["Datastore.Audit", "Datastore.AllocateSpace"], true)
    )
      continue;
    for (const { name } of cluster.knownNodes(call.entry)) {
      if (storage.nodes === undefined || storage.nodes.has(name))
        rows.push(storageRow(call, storage.id, name));
    }
  }
  return rows;
}

function storageRow(call: Call, id: string, node: string): Row {
  const storage = storageCatalog(call.cluster).get(id);
  const told = statusRound(call.cluster).storage(node, id);
  const common = {
    id: `storage/${node}/${id}`,
    storage: id,
    node,
    type: "storage",
    plugintype: storage?.type ?? "",
    status: told === undefined ? "unknown" : "available",
    shared: storage?.shared === true ? 1 : 0,
    content: [...(storage?.content ?? [])].join(","),
  };
  return told === undefined ? common : { ...common, disk: told.used, maxdisk: told.total };
}

/** The zone of plain bridges on every node: type `network` since 9, `sdn` before. */
function zoneRows(call: Call): Row[] {
  const { cluster, identity } = call;
  const zone = "localnetwork";
  if (!cluster.allow(identity, `/sdn/zones/${zone}`, ["SDN.Audit"])) return [];
  return cluster.knownNodes(call.entry).map(({ name: node }) =>
    cluster.version.features.networkResources
      ? {
          id: `network/${node}/zone/${zone}`,
          node,
          status: "ok",
          type: "network",
          network: zone,
          "network-type": "zone",
        }
      : { id: `sdn/${node}/${zone}`, node, status: "ok", type: "sdn", sdn: zone },
  );
}

function poolRows(call: Call): Row[] {
  const { cluster, identity } = call;
  return [...accessOf(cluster).config.pools.keys()]
    .filter((pool) => cluster.allow(identity, `/pool/${pool}`, ["Pool.Audit"]))
    .map((pool) => ({ id: `/pool/${pool}`, pool, type: "pool" }));
}

/** `hastate` of a node that HA's manager knows. */
function haOfNode(states: Readonly<Record<string, string>> | undefined, row: Row): Row {
  const hastate = states?.[String(row["node"])];
  return hastate === undefined ? {} : { hastate };
}

/** `GET /cluster/resources`: everything the caller may see. */
export function resourceRows(call: Call): Row[] {
  const type = call.params.optionalText("type");
  const wanted = (kind: string) => type === undefined || type === kind;
  const { cluster, identity } = call;
  const audits = (node: string) => cluster.allow(identity, `/nodes/${node}`, ["Sys.Audit"]);
  const ha = readManager(cluster)?.node_status;
  const nodes = () =>
    nodeRows(call, audits).map((row) => ({ ...row, "cgroup-mode": 2, ...haOfNode(ha, row) }));
  return [
    ...(type === undefined ? poolRows(call) : []),
    ...(wanted("vm") ? guestRows(call) : []),
    ...(wanted("node") ? nodes() : []),
    ...(wanted("storage") ? storageRows(call) : []),
    ...(type === undefined || (type === "sdn" && !cluster.version.features.networkResources)
      ? zoneRows(call)
      : []),
  ];
}

/** A pool's members as rows: guests of the cluster, and storages on every node that has them. */
export function poolMemberRows(call: Call, pool: Pool): Row[] {
  const { cluster } = call;
  const type = call.params.optionalText("type");
  const states = haStates(cluster);
  const guests = [...pool.vms].flatMap((vmid) => {
    const found = guestIndex(cluster).find(vmid);
    if (found === undefined || (type !== undefined && type !== found.kind)) return [];
    const { pool: _, ...row } = guestRowOf(cluster, found, {
      pool: undefined,
      hastate: states.get(haIdOf(found)),
    });
    return [row];
  });
  const storages = type === undefined || type === "storage" ? [...pool.storages] : [];
  const rows = storages.flatMap((id) => {
    const storage = storageCatalog(cluster).get(id);
    if (storage === undefined) return [];
    const names = cluster.knownNodes(call.entry).map((node) => node.name);
    const nodes = names.filter((node) => storage.nodes === undefined || storage.nodes.has(node));
    return nodes.map((node) => storageRow(call, id, node));
  });
  return [...guests, ...rows];
}
