import { isDeepStrictEqual } from "node:util";
import { inspectVmid, PveError, readGuestConfig } from "@coppice/pve";
import type { RunRequest } from "../run/run-request.ts";
import { markedSeat } from "../seat/seat-notes.ts";
import type { ObservedCluster, ObservedGuest } from "./observed-cluster.ts";
import { markTag } from "./plan-pool.ts";

/**
 * Looks into the notes of guests in the range that may be an interrupted run's. Their names tell nothing: Proxmox
 * shows none, or the number's former guest's, for up to ten seconds after a create (measured, 8.4 and 9.2).
 */
export async function findUnrecorded(
  request: Pick<RunRequest, "inputs" | "recorded" | "cluster" | "context">,
  observed: ObservedCluster,
  mark: string,
): Promise<ObservedCluster> {
  const doubtful = [...observed.guests.values()].filter((guest) => mayBeOurs(request, observed, guest, mark));
  if (doubtful.length === 0) return observed;
  const found = await Promise.all(doubtful.map((guest) => withSeat(request, guest, mark)));
  return {
    ...observed,
    guests: new Map([...observed.guests, ...found.map((guest) => [guest.vmid, guest] as const)]),
  };
}

/** A create carries our tag in the same call; a linked clone has its source's tags until our second one. */
function mayBeOurs(
  { inputs, recorded }: Pick<RunRequest, "inputs" | "recorded">,
  observed: ObservedCluster,
  { vmid, tags, template, lock }: ObservedGuest,
  mark: string,
): boolean {
  if (vmid < inputs.vmids.from || vmid > inputs.vmids.to || template) return false;
  if (Object.values(recorded?.seats ?? {}).some((seat) => seat.vmid === vmid)) return false;
  // With rights in a pool alone a create carries no tags.
  const isUntagged = tags.length === 0 && [inputs.pool, recorded?.pool].some((pool) => pool !== undefined);
  const isLinked = [inputs.method, recorded?.madeBy].some(
    (method) => method === "linked" || method === "auto",
  );
  const sources = [inputs.base, recorded?.base].flatMap((base) => Object.values(base?.copies ?? {}));
  const looks = [[], ...sources.map((source) => observed.guests.get(source.vmid)?.tags ?? [])];
  const isLikeClone = looks.some((look) => isDeepStrictEqual(look, tags));
  return tags.includes(markTag(mark)) || lock === "create" || isUntagged || (isLinked && isLikeClone);
}

/** Somebody else's guest may hide its configuration from our token: it stays a foreign one. */
async function withSeat(
  { cluster, context }: Pick<RunRequest, "cluster" | "context">,
  guest: ObservedGuest,
  mark: string,
): Promise<ObservedGuest> {
  try {
    await waitForCreate(cluster, guest, context.signal);
    const { description } = await readGuestConfig(cluster.client, { node: guest.node, vmid: guest.vmid });
    const seat = markedSeat(description, mark);
    return seat === undefined ? guest : { ...guest, seat };
  } catch (error) {
    if (PveError.is(error, "pve.forbidden", "pve.not-found")) return guest;
    throw error;
  }
}

/** A create goes on when its client is gone, and carries no mark before it has ended. */
async function waitForCreate(
  { client }: RunRequest["cluster"],
  guest: ObservedGuest,
  signal: AbortSignal,
): Promise<void> {
  if (guest.lock !== "create") return;
  const latest = client.clock.now() + LONGEST_CREATE_MS;
  while (client.clock.now() < latest && (await inspectVmid(client, guest)) === "busy") {
    await client.clock.sleep(250, signal);
  }
}

/** One that takes longer imports a disk: nothing of ours does that, so it is somebody else's. */
const LONGEST_CREATE_MS = 120_000;
