import {
  byHand,
  isNameless,
  looksLikeSeat,
  markedSource,
  readCluster,
  removeBrokenClone,
  removeProtected,
  step,
  waitForTasks,
} from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type GuestPlace, readGuestConfig } from "@coppice/pve";
import type { GenerationRun } from "./generation-run.ts";

/**
 * Finished copies that an interrupted run left, by node. Whatever else carries the generation's mark is half made, or a
 * second copy, and is removed; a copy for another node is still on the source's until it is moved.
 */
export async function keepFinished(run: GenerationRun): Promise<Map<string, GuestPlace>> {
  const kept = new Map<string, GuestPlace>();
  for (const place of await findLeft(run)) {
    if (run.nodes.includes(place.node) && !kept.has(place.node) && (await isFinished(run, place)))
      kept.set(place.node, place);
    else await step(run, `remove half-made ${place.vmid}`, () => removeHalfMade(run, place));
  }
  return kept;
}

/** Machines in our range with our mark and this number: an earlier run's. One of another source is refused. */
async function findLeft(run: GenerationRun): Promise<GuestPlace[]> {
  const { inputs, observed, mark, cluster } = run;
  const left: GuestPlace[] = [];
  for (const guest of observed.guests.values()) {
    const { vmid, node } = guest;
    const isInside = vmid >= inputs.vmids.from && vmid <= inputs.vmids.to;
    if (!isInside || looksLikeSeat(guest, inputs.class)) continue;
    const config = await readGuestConfig(cluster.client, { node, vmid });
    if (isNameless(config)) run.context.warn(namelessLeft({ node, vmid }));
    const source = markedSource(config, mark, inputs.number);
    if (source === inputs.source) left.push({ node, vmid });
    else if (source !== undefined) throw otherSource(run, vmid, source);
  }
  return left;
}

function namelessLeft(place: GuestPlace): string {
  return (
    `Number ${place.vmid} is skipped: it is held by a clone that has not told yet whose it is. ` +
    `If it broke off, free the number by hand, ${byHand(place)}.`
  );
}

async function isFinished(run: GenerationRun, place: GuestPlace): Promise<boolean> {
  const { template, lock, protected: isProtected } = await readGuestConfig(run.cluster.client, place);
  return template && isProtected && lock === undefined;
}

async function removeHalfMade(run: GenerationRun, found: GuestPlace): Promise<void> {
  // Nobody clones the source any more (the run has waited for that), but a copy may still be on its way to its node.
  await waitForTasks(run.cluster, found, "qmigrate", run.context);
  const place = (await readCluster(run.cluster)).guests.get(found.vmid);
  if (place === undefined) return;
  const config = await readGuestConfig(run.cluster.client, place);
  if (config.lock !== undefined) return await removeBrokenClone(run.cluster, place);
  await removeProtected(run.cluster.client, place, config.protected);
}

function otherSource({ inputs }: GenerationRun, vmid: number, source: number): CoppiceError {
  return new CoppiceError("generation.changed", {
    what: `Generation ${inputs.number} of class '${inputs.class}' cannot be made from ${inputs.source}`,
    why: `it exists as template ${vmid}, made from ${source}, and a generation never changes`,
    wayOut: `Publish number ${inputs.number + 1} instead`,
  });
}
