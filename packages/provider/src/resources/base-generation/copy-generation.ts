import {
  driveLines,
  generationName,
  generationNotes,
  inFlight,
  isDataDisk,
  isNameless,
  isWorkerLost,
  markedSource,
  ownTags,
  removeBrokenClone,
  reported,
  step,
  waitForTasks,
  wishedTags,
} from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import {
  cloneGuest,
  convertToTemplate,
  type GuestConfig,
  type GuestPlace,
  inspectVmid,
  migrateGuest,
  PveError,
  putGuestConfig,
  type Reread,
  readGuestConfig,
} from "@coppice/pve";
import { type GenerationRun, generationItem } from "./generation-run.ts";

/** Makes a copy of the source on a node, as a protected template. Proxmox clones, converts and protects it. */
export async function copyOnto(run: GenerationRun, node: string): Promise<GuestPlace> {
  const creation = { verb: "create", item: generationItem(run.inputs), node } as const;
  return await reported(run.context, creation, () => copy(run, node));
}

async function copy(run: GenerationRun, node: string): Promise<GuestPlace> {
  const place = await cloneTo(run, node);
  if (node !== run.source.guest.node && !run.shared)
    await step(run, `move ${node}`, () => moveTo(run, place));
  if (dataSlots(run.source.config.values).length > 0)
    await step(run, `drop data ${node}`, () => dropDataDisks(run, place));
  await step(run, `template ${node}`, () => makeTemplate(run, place));
  return place;
}

/** Clones to the highest free number. One that somebody else took meanwhile is left to them. */
async function cloneTo(run: GenerationRun, node: string): Promise<GuestPlace> {
  for (;;) {
    const place = { node, vmid: takeVmid(run) };
    try {
      await step(run, `clone ${node}`, () => cloneSource(run, place));
      return place;
    } catch (error) {
      if (PveError.is(error, "pve.already-exists")) {
        // A clone that a run sent off before it died may have come to its end after this one read the cluster.
        if ((await lookAt(run, place)) === "done") return place;
        continue;
      }
      // What was wrong with the clone matters more than what is wrong with its remains.
      if (isWorkerLost(error))
        await removeRemains(run, place).catch((remains: unknown) =>
          run.context.warn(CoppiceError.of(remains).message),
        );
      throw error;
    }
  }
}

async function cloneSource(run: GenerationRun, place: GuestPlace): Promise<void> {
  const { inputs, source, cluster, mark, context } = run;
  const home = source.guest.node;
  const params = {
    newid: place.vmid,
    full: true,
    name: generationName(inputs),
    description: generationNotes(mark, inputs, context.urn),
    storage: inputs.storage,
    ...(run.hasFiles && { format: "qcow2" }),
    ...(inputs.pool !== undefined && { pool: inputs.pool }),
    ...(run.shared && home !== place.node && { target: place.node }),
  };
  const from = { node: home, vmid: inputs.source };
  await cloneGuest(cluster.client, from, params, { reread: () => lookAt(run, place) });
}

/** What a clone of this very run left whose worker died. The number was free when the run read the cluster. */
async function removeRemains(run: GenerationRun, place: GuestPlace): Promise<void> {
  const at = cloneStart(run, place);
  await waitForTasks(run.cluster, run.source.guest, "qmclone", run.context);
  if ((await inspectVmid(run.cluster.client, at)) === "free") return;
  const config = await readGuestConfig(run.cluster.client, at);
  const isMarked = markedSource(config, run.mark, run.inputs.number) === run.inputs.source;
  if (isNameless(config) || (isMarked && config.lock !== undefined)) await removeBrokenClone(run.cluster, at);
}

/** Where a clone is at work: on shared storage too it moves to another node at its end only. */
function cloneStart({ source }: GenerationRun, { vmid }: GuestPlace): GuestPlace {
  return { node: source.guest.node, vmid };
}

/** From local storage Proxmox clones only onto the same node; a stopped full copy can then be moved. */
async function moveTo(run: GenerationRun, place: GuestPlace): Promise<void> {
  await migrateGuest(run.cluster.client, cloneStart(run, place), place.node);
}

/** A teacher's data disk is the teacher's own: a clone carries it along, a base does not. */
async function dropDataDisks({ cluster: { client } }: GenerationRun, place: GuestPlace): Promise<void> {
  const slots = dataSlots((await readGuestConfig(client, place)).values);
  if (slots.length > 0) await putGuestConfig(client, place, { delete: slots.join(",") });
  const { values } = await readGuestConfig(client, place);
  const unused = Object.keys(values).filter((key) => key.startsWith("unused"));
  if (unused.length > 0) await putGuestConfig(client, place, { delete: unused.join(",") });
}

function dataSlots(values: GuestConfig["values"]): string[] {
  return driveLines(values).flatMap(([slot, line]) => (isDataDisk(line) ? [slot] : []));
}

async function makeTemplate(run: GenerationRun, place: GuestPlace): Promise<void> {
  const { client } = run.cluster;
  if (!(await readGuestConfig(client, place)).template) await convertToTemplate(client, place);
  const tags = ownTags(run.mark, wishedTags(run.inputs)).join(";");
  await putGuestConfig(client, place, { protection: true, tags });
}

async function lookAt(run: GenerationRun, place: GuestPlace): Promise<Reread> {
  await waitForTasks(run.cluster, run.source.guest, "qmclone", inFlight(run.context));
  const at = run.shared ? place : { ...place, node: run.source.guest.node };
  const state = await inspectVmid(run.cluster.client, at);
  if (state === "free") return "not-done";
  if (state !== "guest") return "unclear";
  const config = await readGuestConfig(run.cluster.client, at);
  const isOurs = markedSource(config, run.mark, run.inputs.number) === run.inputs.source;
  return isOurs && config.lock === undefined ? "done" : "unclear";
}

function takeVmid(run: GenerationRun): number {
  const vmid = run.takeVmid();
  if (vmid !== undefined) return vmid;
  const { from, to } = run.inputs.vmids;
  throw new CoppiceError("pool.range-too-small", {
    what: `Generation ${run.inputs.number} of class '${run.inputs.class}' needs a number of ${from}–${to}`,
    why: "none of them is free",
    wayOut: "Widen 'vmids', or remove guests that nobody needs from that range",
  });
}
