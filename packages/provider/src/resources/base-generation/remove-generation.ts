import {
  markedSource,
  type OpenCluster,
  ownershipMark,
  readCluster,
  removeTemplate,
  retiredTags,
  step,
} from "@coppice/clusters";
import type { BaseGenerationState } from "@coppice/core";
import { type GuestPlace, inspectVmid, listVolumes, putGuestConfig, readGuestConfig } from "@coppice/pve";
import { type GenerationRun, generationItem } from "./generation-run.ts";

/**
 * Removes a generation's templates. One that disks still stand on retires instead: it stays, tagged, until the run
 * that frees its last disk removes it. A template used in place is not ours and stays.
 */
export async function removeGeneration(state: BaseGenerationState, run: Removal): Promise<void> {
  if (!state.owned) return;
  const { cluster, context } = run;
  const mark = ownershipMark(context.urn);
  const observed = await readCluster(cluster);
  for (const [node, { vmid }] of Object.entries(state.copies)) {
    const place = { node: observed.guests.get(vmid)?.node ?? node, vmid };
    if (!(await isOurs(cluster, place, mark, state))) continue;
    const removal = { verb: "remove", item: generationItem(state), node: place.node } as const;
    context.report({ ...removal, phase: "begun" });
    const isRemoved = await step(run, `remove ${node}`, () => removeTemplate(cluster, place));
    if (isRemoved) context.report({ ...removal, phase: "done" });
    else await retire(run, state, node, place);
  }
}

/** What a removal goes by. */
type Removal = Pick<GenerationRun, "cluster" | "context" | "hook">;

async function retire(
  run: Removal,
  state: BaseGenerationState,
  node: string,
  place: GuestPlace,
): Promise<void> {
  const { urn } = run.context;
  const tags = retiredTags(ownershipMark(urn), urn, state.class, state).join(";");
  await step(run, `retire ${node}`, () => putGuestConfig(run.cluster.client, place, { tags }));
  const holders = await findHolders(run.cluster, place, state.storage);
  run.context.warn(
    `Generation ${state.number} of class '${state.class}' (template ${place.vmid}) is kept: disks of ${holders} stand on it. ` +
      "It is removed by the run that frees the last of them.",
  );
}

async function isOurs(
  cluster: OpenCluster,
  place: GuestPlace,
  mark: string,
  state: BaseGenerationState,
): Promise<boolean> {
  const found = await inspectVmid(cluster.client, place);
  if (found === "free" || found === "hidden") return false;
  const config = await readGuestConfig(cluster.client, place);
  return markedSource(config, mark, state.number) !== undefined;
}

async function findHolders(
  cluster: OpenCluster,
  { node, vmid }: GuestPlace,
  storage: string,
): Promise<string> {
  const volumes = await listVolumes(cluster.client, { node, storage }, { content: "images" });
  // nas:20099/base-20099-disk-0.qcow2/…, and zfs:base-20099-disk-0/… where disks are no files.
  const standsOn = new RegExp(`[:/]base-${vmid}-`);
  const holders = volumes.filter(({ volid, vmid: owner }) => owner !== vmid && standsOn.test(volid));
  const owners = [...new Set(holders.map(({ vmid: owner }) => owner ?? 0))].sort((a, b) => a - b);
  return owners.length > 0 ? owners.join(", ") : "other guests";
}
