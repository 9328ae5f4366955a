import { holdsRight, isVmidFree, listPools, type Permissions, readPermissions } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { readTraces } from "../observation/read-traces.ts";
import { listFolders } from "./list-folders.ts";
import { readFormerMembers } from "./read-former-members.ts";
import { isInside, type RecordedStack, rangesOf, recordedNumbers } from "./recorded-stack.ts";
import { seeGuests } from "./see-guests.ts";
import type { SeenGuest, Sight } from "./sight.ts";

/**
 * Looks at everything on a cluster that the states of stacks speak of, and at what carries our marks. It changes nothing;
 * what it may not see it says, so that nothing counts as gone for that.
 */
export async function lookForStrays(cluster: OpenCluster, stacks: readonly RecordedStack[]): Promise<Sight> {
  const permissions = await readPermissions(cluster.client);
  const [guests, listed, members, { numbers: traces }, pools] = await Promise.all([
    seeGuests(cluster, stacks),
    listFolders(cluster, stacks, permissions),
    readFormerMembers(cluster),
    readTraces(cluster),
    seenPools(cluster, permissions),
  ]);
  const ranges = rangesOf(stacks);
  const others = [...listed.folders.map(({ vmid }) => vmid), ...traces.keys()];
  const spokenOf = [...recordedNumbers(stacks), ...others.filter((vmid) => isInside(ranges, vmid))];
  const unlisted = new Set(spokenOf.filter((vmid) => !guests.has(vmid)));
  const hidden = await findHidden(cluster, permissions, unlisted);
  return {
    guests,
    hidden: new Set(hidden),
    folders: listed.folders,
    traces,
    formerMembers: members.members,
    pools,
    unseen: [...hiddenWords(hidden), ...unread(guests, stacks), ...listed.unseen, ...members.unseen],
  };
}

/**
 * Numbers that are in use where the token may not look: nobody may take those for gone. Whether a number is free Proxmox
 * tells anybody.
 */
async function findHidden(
  { client }: OpenCluster,
  permissions: Permissions,
  vmids: ReadonlySet<number>,
): Promise<number[]> {
  const doubtful = [...vmids].filter((vmid) => !holdsRight(permissions, `/vms/${vmid}`, "VM.Audit"));
  const isFree = await Promise.all(doubtful.map((vmid) => isVmidFree(client, vmid)));
  return doubtful.filter((_, index) => isFree[index] === false);
}

function hiddenWords(vmids: readonly number[]): string[] {
  if (vmids.length === 0) return [];
  const numbers = vmids.toSorted((a, b) => a - b).join(", ");
  return [
    `Machines that the token may not look at have the numbers ${numbers}: it lacks VM.Audit on them or their pool`,
  ];
}

/** Recorded machines that are there, and whose notes may not be read. */
function unread(guests: ReadonlyMap<number, SeenGuest>, stacks: readonly RecordedStack[]): string[] {
  const seats = stacks.flatMap(({ classes }) => classes.flatMap(({ state }) => Object.values(state.seats)));
  const vmids = seats.flatMap(({ vmid }) => {
    const guest = guests.get(vmid);
    return guest !== undefined && guest.config === undefined ? [vmid] : [];
  });
  if (vmids.length === 0) return [];
  return [`The notes of ${vmids.join(", ")} may not be read: whose they are nobody can tell`];
}

async function seenPools({ client }: OpenCluster, permissions: Permissions): Promise<ReadonlySet<string>> {
  const pools = await listPools(client);
  const seen = pools.filter(({ poolid }) => holdsRight(permissions, `/pool/${poolid}`, "Pool.Audit"));
  return new Set(seen.map(({ poolid }) => poolid));
}
