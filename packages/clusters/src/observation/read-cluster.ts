import { type Amounts, addAmounts, machineAmounts, type NodeCapacity } from "@coppice/core";
import {
  type GuestResource,
  listGuestResources,
  listNodes,
  type NodeSummary,
  type PveCaller,
  parseTags,
} from "@coppice/pve";
import type { ObservedCluster, ObservedGuest } from "./observed-cluster.ts";

/** Reads what a plan is based on: all guests and all nodes, two GETs. */
export async function readCluster({ client }: { readonly client: PveCaller }): Promise<ObservedCluster> {
  const [guests, nodes] = await Promise.all([listGuestResources(client), listNodes(client)]);
  return {
    guests: new Map(guests.map((guest) => [guest.vmid, observedGuest(guest)])),
    nodes: comparable(nodes).map((node) => capacity(node, guests)),
  };
}

/** A guest of `cluster/resources` as plans are based on. */
export function observedGuest(guest: GuestResource): ObservedGuest {
  return {
    vmid: guest.vmid,
    node: guest.node,
    tags: parseTags(guest.tags),
    running: guest.status === "running",
    template: guest.template,
    ...(guest.hastate !== undefined && { isHaManaged: true as const }),
    ...(guest.lock !== undefined && { lock: guest.lock }),
    ...(guest.name !== undefined && { name: guest.name }),
  };
}

/** Figures are shown with Sys.Audit only: where one node hides its own, all count as equally large. */
function comparable(nodes: readonly NodeSummary[]): readonly NodeSummary[] {
  const isTold = ({ status, maxmem, maxcpu }: NodeSummary) =>
    status !== "online" || (maxmem !== undefined && maxcpu !== undefined);
  if (nodes.every(isTold)) return nodes;
  return nodes.map((node) => ({ ...node, maxmem: undefined, maxcpu: undefined }));
}

/** What all guests of a node may take. Stopped ones count too. */
export function promisedOn(node: string, guests: readonly GuestResource[]): Amounts {
  return addAmounts(...guests.filter((guest) => guest.node === node).map(guestAmounts));
}

function capacity(node: NodeSummary, guests: readonly GuestResource[]): NodeCapacity {
  const promised = promisedOn(node.node, guests);
  return {
    node: node.node,
    state: node.status === "online" ? "online" : "offline",
    memoryTotal: node.maxmem ?? 1,
    memoryCommitted: promised.memory,
    coresTotal: node.maxcpu ?? 1,
    coresCommitted: promised.cores,
  };
}

function guestAmounts({ template, maxcpu, maxmem }: GuestResource): Amounts {
  return machineAmounts({ template, cores: maxcpu, memory: maxmem });
}
