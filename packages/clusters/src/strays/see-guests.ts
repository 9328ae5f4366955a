import {
  type GuestConfig,
  listGuestResources,
  type PveCaller,
  PveError,
  readGuestConfig,
} from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { parseConfigLine } from "../guests/drive.ts";
import { observedGuest } from "../observation/read-cluster.ts";
import { isTaggedOurs, isTaggedRetired } from "../ownership/tags.ts";
import { baseIn, volumeKey } from "../storage/volume-names.ts";
import { isInside, type RecordedStack, rangesOf, recordedNumbers } from "./recorded-stack.ts";
import type { SeenConfig, SeenGuest } from "./sight.ts";

/**
 * Reads all guests, and the configurations of those that may be ours: that carry our tags, have a number of ours, or lie in a
 * range of ours, since a machine that is made with rights in a pool alone has no tags.
 */
export async function seeGuests(
  { client }: OpenCluster,
  stacks: readonly RecordedStack[],
): Promise<ReadonlyMap<number, SeenGuest>> {
  const ranges = rangesOf(stacks);
  const recorded = new Set(recordedNumbers(stacks));
  const seen = (await listGuestResources(client)).map(async (resource): Promise<[number, SeenGuest]> => {
    const { vmid, pool, type } = resource;
    const guest = { ...observedGuest(resource), ...(pool !== undefined && { pool }) };
    const isMarked = isTaggedOurs(guest.tags) || isTaggedRetired(guest.tags);
    const mayBeOurs = isMarked || recorded.has(vmid) || isInside(ranges, vmid);
    if (type !== "qemu" || !mayBeOurs) return [vmid, guest];
    return [vmid, { ...guest, ...(await readSeen(client, guest)) }];
  });
  return new Map(await Promise.all(seen));
}

/**
 * Nothing where it may not be read, or the guest went meanwhile. Whether it is a template the list of guests tells up to ten
 * seconds late (pvestatd's round), its configuration at once.
 */
async function readSeen(
  client: PveCaller,
  { node, vmid }: SeenGuest,
): Promise<Pick<SeenGuest, "template" | "config"> | undefined> {
  try {
    const place = { node, vmid };
    // What waits for the next start names volumes as well as what is in force.
    const [next, current] = await Promise.all([
      readGuestConfig(client, place),
      readGuestConfig(client, place, { current: true }),
    ]);
    return { template: current.template, config: seenConfig(next, current) };
  } catch (error) {
    if (PveError.is(error, "pve.forbidden", "pve.not-found")) return undefined;
    throw error;
  }
}

function seenConfig(next: GuestConfig, current: GuestConfig): SeenConfig {
  const lines = [next, current].flatMap(({ values }) => Object.values(values));
  const volumes = lines.map((line) => parseConfigLine(line).first).filter((first) => first.includes(":"));
  return {
    description: next.description,
    volumes: new Set(volumes.map(volumeKey)),
    standsOn: new Map(
      volumes.flatMap((volume) => {
        const base = baseIn(volume);
        return base === undefined ? [] : [[volumeKey(volume), base] as const];
      }),
    ),
    hasSnapshots: current.values["parent"] !== undefined,
  };
}
