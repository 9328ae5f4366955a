import { isDeepStrictEqual } from "node:util";
import {
  markedName,
  markTag,
  type ObservedCluster,
  type ObservedGuest,
  ownerOf,
  readCluster,
  waitForCreate,
  waitForTasks,
} from "@coppice/clusters";
import { PveError, readGuestConfig } from "@coppice/pve";
import type { RunRequest } from "../class-run/class-run.ts";
import { sourcesOf } from "./sources-of.ts";

/**
 * Looks into the notes of guests in the range that may be an interrupted run's. Their names tell nothing: Proxmox
 * shows none, or the number's former guest's, for up to ten seconds after a create
 * (docs/proxmox-facts.md#fresh-guests).
 */
export async function findUnrecorded(
  request: Pick<RunRequest, "inputs" | "recorded" | "cluster" | "context">,
  listed: ObservedCluster,
  mark: string,
): Promise<ObservedCluster> {
  const observed = await afterClones(request, listed);
  const doubtful = [...observed.guests.values()].filter((guest) => mayBeOurs(request, observed, guest, mark));
  if (doubtful.length === 0) return observed;
  const found = await Promise.all(doubtful.map((guest) => withSeat(request, guest, mark)));
  return {
    ...observed,
    guests: new Map([...observed.guests, ...found.map((guest) => [guest.vmid, guest] as const)]),
  };
}

/**
 * A clone goes on when its client is gone, carries no mark before its first disk is done, and may move to another node at
 * its end: what it makes is looked at when it has ended.
 */
async function afterClones(
  request: Pick<RunRequest, "inputs" | "recorded" | "cluster" | "context">,
  listed: ObservedCluster,
): Promise<ObservedCluster> {
  const isOpen = [...listed.guests.values()].some(
    (guest) => guest.lock === "clone" && isUnrecorded(request, guest),
  );
  if (!isLinked(request) || !isOpen) return listed;
  for (const { vmid } of sourcesOf(request)) {
    const source = listed.guests.get(vmid);
    if (source !== undefined) await waitForTasks(request.cluster, source, "qmclone", request.context);
  }
  return await readCluster(request.cluster);
}

function isUnrecorded(
  { inputs, recorded }: Pick<RunRequest, "inputs" | "recorded">,
  { vmid, template }: ObservedGuest,
): boolean {
  if (vmid < inputs.vmids.from || vmid > inputs.vmids.to || template) return false;
  return !Object.values(recorded?.seats ?? {}).some((seat) => seat.vmid === vmid);
}

function isLinked({ inputs, recorded }: Pick<RunRequest, "inputs" | "recorded">): boolean {
  return [inputs.method, recorded?.madeBy].some((method) => method === "linked" || method === "auto");
}

/** A create carries our tag in the same call; a linked clone has its source's tags until our second one. */
function mayBeOurs(
  request: Pick<RunRequest, "inputs" | "recorded">,
  observed: ObservedCluster,
  guest: ObservedGuest,
  mark: string,
): boolean {
  if (!isUnrecorded(request, guest)) return false;
  const { tags, lock } = guest;
  // With rights in a pool alone a create carries no tags.
  const pools = [request.inputs.pool, request.recorded?.pool];
  const isUntagged = tags.length === 0 && pools.some((pool) => pool !== undefined);
  const looks = [[], ...sourcesOf(request).map(({ vmid }) => observed.guests.get(vmid)?.tags ?? [])];
  const isLikeClone = isLinked(request) && looks.some((look) => isDeepStrictEqual(look, tags));
  return tags.includes(markTag(mark)) || lock === "create" || isUntagged || isLikeClone;
}

/** Somebody else's guest may hide its configuration from our token: it stays a foreign one. */
async function withSeat(
  { cluster, context }: Pick<RunRequest, "cluster" | "context">,
  guest: ObservedGuest,
  mark: string,
): Promise<ObservedGuest> {
  try {
    if (guest.lock === "create") await waitForCreate(cluster, guest, context);
    const config = await readGuestConfig(cluster.client, { node: guest.node, vmid: guest.vmid });
    const seat = markedName(ownerOf(config, mark));
    return seat === undefined ? guest : { ...guest, seat };
  } catch (error) {
    if (PveError.is(error, "pve.forbidden", "pve.not-found")) return guest;
    throw error;
  }
}
