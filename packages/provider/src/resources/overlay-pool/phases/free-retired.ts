import { removeTemplate, retiredTag } from "@coppice/clusters";
import { type ClassRun, step } from "../class-run/class-run.ts";

/** Removes the class's generations that retired earlier and on which no disk stands any more. */
export async function freeRetired(run: ClassRun): Promise<void> {
  const tag = retiredTag(run.context.urn, run.inputs.class);
  for (const guest of run.observed.guests.values()) {
    if (!guest.tags.includes(tag) || !guest.template) continue;
    const isRemoved = await step(run, `free generation ${guest.vmid}`, () =>
      removeTemplate(run.cluster, guest),
    );
    run.context.report(
      isRemoved
        ? `removed retired generation ${guest.vmid}`
        : `retired generation ${guest.vmid} is still in use`,
    );
  }
}
