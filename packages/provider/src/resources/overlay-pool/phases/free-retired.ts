import { isRetired, removeTemplate, retiredTagsOf, step } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type GuestPlace, readGuestConfig } from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";

/** Removes the class's generations that retired earlier and on which no disk stands any more. */
export async function freeRetired(run: ClassRun): Promise<void> {
  for (const tag of retiredTagsOf(run.context, run.inputs.class))
    for (const guest of run.observed.guests.values())
      if (guest.template && guest.tags.includes(tag)) await freeOne(run, guest, tag);
}

/** A generation that stays is no fault of any seat. */
async function freeOne(run: ClassRun, { node, vmid }: GuestPlace, tag: string): Promise<void> {
  const remove = () => removeTemplate(run.cluster, { node, vmid });
  try {
    if (!(await isProven(run, { node, vmid }, tag))) return;
    const removal = { verb: "remove", item: { kind: "template", name: String(vmid) } } as const;
    run.context.report({ ...removal, phase: "begun" });
    if (await step(run, `free generation ${vmid}`, remove)) run.context.report({ ...removal, phase: "done" });
  } catch (error) {
    run.context.warn(
      `Retired generation ${vmid} was not removed: ${CoppiceError.of(error).message}. The next run tries again.`,
    );
  }
}

/** Anybody may give a template our tag, by cloning it with one: only the notes prove whose it is. */
async function isProven({ cluster, context }: ClassRun, place: GuestPlace, tag: string): Promise<boolean> {
  if (isRetired(await readGuestConfig(cluster.client, place), tag)) return true;
  context.warn(
    `Template ${place.vmid} on ${place.node} has the tag of a retired generation, and its notes name none: it is left alone.`,
  );
  return false;
}
