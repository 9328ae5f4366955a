import { CoppiceError } from "@coppice/core";
import { copyDisk, type DiskCopy, readGuestConfig, readGuestStatus } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { parseConfigLine } from "../guests/drive.ts";
import { freeDisks } from "../guests/free-disks.ts";
import { whenUnlocked } from "../guests/when-unlocked.ts";
import { type StepContext, type StepHook, step } from "../steps/step.ts";
import { volumeKey } from "../storage/volume-names.ts";
import type { FlattenedDisk, FlattenPlan } from "./flatten-plan.ts";
import { readRemains } from "./read-remains.ts";

/** How the work goes on, and who is told. */
export interface FlattenRun {
  readonly cluster: OpenCluster;
  readonly context: StepContext;
  readonly hook?: StepHook;
  /** Told before each step. */
  readonly tell: (words: string) => void;
}

/**
 * Copies a machine's disks out of their bases, one after the other. The former disk is freed only when the machine names
 * the copy, and a step that has begun is never interrupted; whatever ends the work between two of them says what remains.
 *
 * @throws CoppiceError `overlay.left`
 */
export async function flattenMachine(run: FlattenRun, plan: FlattenPlan): Promise<void> {
  try {
    for (const disk of plan.disks) await flattenDisk(run, plan, disk);
  } catch (cause) {
    throw await left(run, plan, cause);
  }
}

async function flattenDisk(run: FlattenRun, plan: FlattenPlan, disk: FlattenedDisk): Promise<void> {
  const { slot, storage, isSameStorage, base } = disk;
  const copy = (words: string, format?: DiskCopy["format"]) =>
    step(run, `copy ${slot}`, async () => {
      run.tell(words);
      await assertStopped(run, plan);
      await whenUnlocked(run, plan.place, () =>
        copyDisk(run.cluster.client, { place: plan.place, slot, storage, ...(format && { format }) }),
      );
    });
  if (!isSameStorage) {
    await copy(`${slot}: copying out of template ${base} to ${storage}`);
    return await free(run, plan, [disk.volume]);
  }
  await copy(`${slot}: copying out of template ${base} on ${storage}, as raw`, "raw");
  const raw = await volumeAt(run, plan, slot);
  await copy(`${slot}: copying back to qcow2`, "qcow2");
  await free(run, plan, [disk.volume, raw]);
}

/** Somebody may have started it since it was looked at; a live copy would do no harm, and is not what was asked for. */
async function assertStopped({ cluster: { client } }: FlattenRun, { place }: FlattenPlan): Promise<void> {
  const { status } = await readGuestStatus(client, place);
  if (status === "stopped") return;
  throw new CoppiceError("overlay.refused", {
    what: `Machine ${place.vmid} was not copied any further`,
    why: "somebody started it meanwhile",
    wayOut: `Shut it down: \`qm shutdown ${place.vmid}\``,
  });
}

/** Frees the unused disks with these volumes; one that a slot names still is never freed. */
async function free(run: FlattenRun, { place }: FlattenPlan, former: readonly string[]): Promise<void> {
  const { values } = await readGuestConfig(run.cluster.client, place);
  const wanted = new Set(former.map(volumeKey));
  const keys = Object.entries(values).flatMap(([key, value]) =>
    /^unused\d+$/.test(key) && wanted.has(volumeKey(parseConfigLine(value).first)) ? [key] : [],
  );
  if (keys.length === 0) return;
  run.tell(`freeing the former disk: ${keys.join(", ")}`);
  await step(run, "free", () => freeDisks(run, place, { delete: keys.join(",") }));
}

async function volumeAt({ cluster }: FlattenRun, { place }: FlattenPlan, slot: string): Promise<string> {
  const { values } = await readGuestConfig(cluster.client, place);
  return parseConfigLine(values[slot] ?? "").first;
}

async function left(run: FlattenRun, plan: FlattenPlan, cause: unknown): Promise<CoppiceError> {
  const { vmid, node } = plan.place;
  const known = CoppiceError.of(cause);
  const remains = await readRemains(run.cluster, plan).catch((error: unknown) => [
    `what remains could not be read (${CoppiceError.of(error).sentence}): look at \`qm config ${vmid}\` on ${node}`,
  ]);
  return new CoppiceError("overlay.left", {
    what: `Machine ${vmid} was not taken out of its base as a whole`,
    why: known.sentence,
    wayOut: remains.length === 0 ? "Nothing remains to be done" : `What remains: ${remains.join("; ")}`,
    cause,
  });
}
