import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { perCluster } from "../cluster/per-cluster.ts";
import { type GuestKind, haIdOf } from "../guests/guest-kind.ts";
import type { HaOrder, HaService } from "./ha-service.ts";
import { haFiles, isHaManaged, readHa, requestedState } from "./ha-store.ts";

/** What the manager last wrote (`/etc/pve/ha/manager_status`). */
export interface ManagerStatus {
  readonly master_node: string;
  readonly timestamp: number;
  readonly node_status: Readonly<Record<string, string>>;
  readonly service_status: Readonly<Record<string, HaService>>;
}

/** What a node's resource manager last wrote (`/etc/pve/nodes/<node>/lrm_status`). */
export interface LrmStatus {
  readonly mode: "active";
  /** A node that has no guest of HA's waits for one. */
  readonly state: "active" | "wait_for_agent_lock";
  readonly timestamp: number;
  readonly results: Readonly<Record<string, LrmResult>>;
}

/** How a node did what it was asked for. */
export interface LrmResult {
  readonly sid: string;
  readonly state: string;
  readonly exit_code: number;
}

const managerFile = "ha/manager_status";
const orderFile = "ha/crm_commands";

function lrmFile(node: string): string {
  return `nodes/${node}/lrm_status`;
}

/** A reader of a file that is parsed once for each of its texts. */
function parsedFile<T>() {
  const parsed = perCluster(() => new Map<string, { readonly text: string; readonly value: T }>());
  return (cluster: Cluster, path: string): T | undefined => {
    const text = cluster.files.read(path);
    if (text === undefined) return undefined;
    const former = parsed(cluster).get(path);
    if (former?.text === text) return former.value;
    // as: only this module writes these files, whole.
    const value = JSON.parse(text) as T;
    parsed(cluster).set(path, { text, value });
    return value;
  };
}

const managerOf = parsedFile<ManagerStatus>();
const lrmOf = parsedFile<LrmStatus>();

/** What the manager last wrote; undefined while HA has nothing to do. */
export function readManager(cluster: Cluster): ManagerStatus | undefined {
  return managerOf(cluster, managerFile);
}

/** Writes the manager's status, as the master. */
export function writeManager(master: Node, status: ManagerStatus): void {
  master.files.write(managerFile, JSON.stringify(status));
}

/** What a node's resource manager last wrote. */
export function readLrm(cluster: Cluster, node: string): LrmStatus | undefined {
  return lrmOf(cluster, lrmFile(node));
}

export function writeLrm(node: Node, status: LrmStatus): void {
  node.files.write(lrmFile(node.name), JSON.stringify(status));
}

/** Takes all that HA has written away: nothing is managed any more. */
export function forgetHa(master: Node, nodes: Iterable<string>): void {
  master.files.remove(managerFile);
  for (const node of nodes) master.files.remove(lrmFile(node));
}

/** Queues an order for the manager's next round. */
export function orderHa(node: Node, sid: string, { verb, argument }: HaOrder): void {
  node.files.write(orderFile, `${node.files.read(orderFile) ?? ""}${verb} ${sid} ${argument}\n`);
}

/** Takes the queued orders, the last one for each guest. */
export function takeOrders(node: Node): Map<string, HaOrder> {
  const orders = new Map<string, HaOrder>();
  for (const line of (node.files.read(orderFile) ?? "").split("\n")) {
    const [verb, sid = "", argument = ""] = line.split(" ");
    if (verb === "migrate" || verb === "relocate" || verb === "stop") orders.set(sid, { verb, argument });
  }
  if (orders.size > 0) node.files.write(orderFile, "");
  return orders;
}

/** `ha` of a guest's status. */
export function haOf(
  cluster: Cluster,
  guest: { readonly kind: GuestKind; readonly vmid: number },
): { readonly managed: 0 | 1; readonly state?: string; readonly group?: string | null } {
  if (!isHaManaged(cluster, guest.vmid)) return { managed: 0 };
  const options = readHa(cluster, haFiles.resources).sections.get(String(guest.vmid))?.options;
  const group = cluster.version.features.haRules ? {} : { group: options?.["group"] ?? null };
  const state = readManager(cluster)?.service_status[haIdOf(guest)]?.state;
  return { managed: 1, ...group, ...(state === undefined ? {} : { state }) };
}

/** `hastate` of every guest that HA knows, by sid: the manager's word, else what is asked for (PVE/API2/Cluster.pm). */
export function haStates(cluster: Cluster): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const [vmid, { type, options }] of readHa(cluster, haFiles.resources).sections)
    states.set(`${type}:${vmid}`, requestedState(options));
  for (const [sid, { state }] of Object.entries(readManager(cluster)?.service_status ?? {}))
    states.set(sid, state);
  return states;
}
