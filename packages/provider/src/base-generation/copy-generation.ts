import { CoppiceError } from "@coppice/core";
import {
  convertToTemplate,
  deleteGuest,
  type GuestConfig,
  type GuestPlace,
  inspectVmid,
  putGuestConfig,
  type Reread,
  readGuestConfig,
  startTask,
} from "@coppice/pve";
import type { ObservedGuest } from "../overlay-pool/plan/observed-cluster.ts";
import { driveLines, isDataDisk } from "../overlay-pool/seat/drive.ts";
import { generationName, generationNotes, markedSource } from "./generation-mark.ts";
import { type GenerationRun, generationStep } from "./generation-run.ts";
import { waitForClones } from "./wait-for-clones.ts";

/** Makes a copy of the source on a node, as a protected template. Proxmox clones, converts and protects it. */
export async function copyOnto(run: GenerationRun, node: string): Promise<GuestPlace> {
  const place = { node, vmid: takeVmid(run) };
  run.context.report(`copying ${run.inputs.source} to ${place.vmid} on ${node}`);
  await generationStep(run, `clone ${node}`, () => cloneSource(run, place));
  if (node !== run.source.guest.node && !run.shared)
    await generationStep(run, `move ${node}`, () => moveTo(run, place));
  if (dataSlots(run.source.config.values).length > 0)
    await generationStep(run, `drop data ${node}`, () => dropDataDisks(run, place));
  await generationStep(run, `template ${node}`, () => makeTemplate(run, place));
  return place;
}

async function cloneSource(run: GenerationRun, place: GuestPlace): Promise<void> {
  const { inputs, source, cluster, mark, context } = run;
  const home = source.guest.node;
  await startTask(cluster.client, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/clone",
    in: { node: home, vmid: inputs.source },
    params: {
      newid: place.vmid,
      full: true,
      name: generationName(inputs),
      description: generationNotes(mark, inputs, context.urn),
      storage: inputs.storage,
      ...(run.hasFiles && { format: "qcow2" }),
      ...(run.shared && home !== place.node && { target: place.node }),
    },
    reread: () => lookAt(run, place),
  });
}

/** From local storage Proxmox clones only onto the same node; a stopped full copy can then be moved. */
async function moveTo(run: GenerationRun, place: GuestPlace): Promise<void> {
  await startTask(run.cluster.client, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/migrate",
    in: { node: run.source.guest.node, vmid: place.vmid },
    params: { target: place.node },
    reread: async () => ((await inspectVmid(run.cluster.client, place)) === "guest" ? "done" : "not-done"),
  });
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
  const tags = ["coppice", `cp-${run.mark}`].join(";");
  await putGuestConfig(client, place, { protection: true, tags });
}

/**
 * Finished copies that an interrupted run left, by node. Whatever else carries the generation's mark is half made, or a
 * second copy, and is removed; a copy for another node is still on the source's until it is moved.
 */
export async function keepFinished(run: GenerationRun): Promise<Map<string, GuestPlace>> {
  const kept = new Map<string, GuestPlace>();
  for (const place of await findLeft(run)) {
    if (run.nodes.includes(place.node) && !kept.has(place.node) && (await isFinished(run, place)))
      kept.set(place.node, place);
    else await generationStep(run, `remove half-made ${place.vmid}`, () => removeHalfMade(run, place));
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
    if (!isInside || isSeat(guest, inputs)) continue;
    const source = markedSource(await readGuestConfig(cluster.client, { node, vmid }), mark, inputs.number);
    if (source === inputs.source) left.push({ node, vmid });
    else if (source !== undefined) throw otherSource(run, vmid, source);
  }
  return left;
}

/** Spares a look at the notes of every seat. Proxmox shows no name, or a stand-in, in a guest's first ten seconds. */
function isSeat({ name = "", tags, template }: ObservedGuest, inputs: GenerationRun["inputs"]): boolean {
  const isNamedSo = name.startsWith(`${inputs.class}-`) && name !== generationName(inputs);
  return !template && isNamedSo && tags.includes("coppice");
}

async function isFinished(run: GenerationRun, place: GuestPlace): Promise<boolean> {
  const { template, lock, protected: isProtected } = await readGuestConfig(run.cluster.client, place);
  return template && isProtected && lock === undefined;
}

async function removeHalfMade(run: GenerationRun, place: GuestPlace): Promise<void> {
  const { client } = run.cluster;
  if ((await readGuestConfig(client, place)).protected)
    await putGuestConfig(client, place, { delete: "protection" });
  await deleteGuest(client, place, { unreferencedDisks: true });
}

async function lookAt(run: GenerationRun, place: GuestPlace): Promise<Reread> {
  await waitForClones(run.cluster, run.source.guest.node, run.inputs.source, run.context);
  const at = run.shared ? place : { ...place, node: run.source.guest.node };
  const state = await inspectVmid(run.cluster.client, at);
  if (state === "free") return "not-done";
  if (state !== "guest") return "unclear";
  const config = await readGuestConfig(run.cluster.client, at);
  return markedSource(config, run.mark, run.inputs.number) === run.inputs.source ? "done" : "unclear";
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

function otherSource({ inputs }: GenerationRun, vmid: number, source: number): CoppiceError {
  return new CoppiceError("generation.changed", {
    what: `Generation ${inputs.number} of class '${inputs.class}' cannot be made from ${inputs.source}`,
    why: `it exists as template ${vmid}, made from ${source}, and a generation never changes`,
    wayOut: `Publish number ${inputs.number + 1} instead`,
  });
}
