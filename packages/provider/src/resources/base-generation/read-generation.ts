import { assertSees, type OpenCluster, readCluster, type Unseen } from "@coppice/clusters";
import type { BaseGenerationState } from "@coppice/core";
import { inspectVmid, readGuestConfig } from "@coppice/pve";
import { filesOf } from "./in-place.ts";
import { sourceDisks } from "./source-disks.ts";

/** A generation as it is now; undefined when a template of it is gone or is no template any more. */
export async function readGeneration(
  state: BaseGenerationState,
  cluster: OpenCluster,
): Promise<BaseGenerationState | undefined> {
  const observed = await readCluster(cluster);
  let found = state;
  for (const [node, copy] of Object.entries(state.copies)) {
    const place = { node: observed.guests.get(copy.vmid)?.node ?? node, vmid: copy.vmid };
    const present = await inspectVmid(cluster.client, place);
    if (present === "hidden") await assertSees(cluster.client, unseen(state, copy.vmid));
    if (present !== "guest") return undefined;
    const config = await readGuestConfig(cluster.client, place);
    if (!config.template) return undefined;
    const disks = sourceDisks(config.values);
    const { [node]: _, ...others } = found.copies;
    found = { ...found, copies: { ...others, [place.node]: { vmid: copy.vmid, files: filesOf(disks) } } };
  }
  return found;
}

function unseen({ number, class: name, owned, pool }: BaseGenerationState, vmid: number): Unseen {
  // A template that is used in place is no member of the class's pool.
  const of = `generation ${number} of class '${name}'`;
  return { of, vmids: [vmid], ...(owned && { pool }) };
}
