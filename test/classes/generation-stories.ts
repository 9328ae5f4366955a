import type { BaseGenerationState } from "@coppice/core";
import { readGuestConfig } from "@coppice/pve";
import { expect } from "vitest";
import { type CallOptions, type ClassLab, poolInputs } from "./class-lab.ts";
import { home } from "./crash-faults.ts";

/** One operation on generations, and the emulator's kept state that it starts from. */
export interface GenerationStory {
  readonly name: string;
  readonly from: string;
  /** Carries the operation out once. */
  readonly tell: (options?: CallOptions) => Promise<unknown>;
  /** The generations' templates that stand in the end, in the order of their nodes. */
  readonly templates: readonly { readonly node: string; readonly tags: RegExp }[];
  /** Other guests of ours. */
  readonly others: number;
}

const local = { storage: "local", nodes: ["pve1", home] };
const published = (node: string) => ({ node, tags: /^coppice;cp-[0-9a-f]{10}$/ });

/** Prepares what a crash may interrupt: making, publishing from a machine, removing, retiring. */
export async function generationStories(lab: ClassLab): Promise<GenerationStory[]> {
  const { control } = lab.cluster;
  await control.save("fresh");
  const first = await lab.generation(local);
  await control.save("unused");
  const inputs = poolInputs(first, { roster: ["teacher"], nodes: [home], dataDisk: { size: "1GiB" } });
  const { state } = await lab.bring(inputs);
  await control.save("used");
  const source = state.seats["teacher"]?.vmid;
  const remove = (options?: CallOptions) => lab.removeGeneration(first, options);
  return [
    {
      name: "make a copy on each node",
      from: "fresh",
      tell: (options) => lab.generation(local, options),
      templates: [published("pve1"), published(home)],
      others: 0,
    },
    {
      name: "publish a machine that has a data disk",
      from: "used",
      tell: async (options) =>
        assertBare(lab, await lab.generation({ storage: "nas", number: 2, source }, options)),
      templates: [published("pve1"), published(home), published(home)],
      others: 1,
    },
    { name: "remove", from: "unused", tell: remove, templates: [], others: 0 },
    {
      name: "retire on the node where a seat stands on it",
      from: "used",
      tell: remove,
      templates: [{ node: home, tags: /^coppice;coppice-retired-[0-9a-f]{8};cp-[0-9a-f]{10}$/ }],
      others: 1,
    },
  ];
}

/** A machine's own data is no part of what it publishes. */
async function assertBare(lab: ClassLab, { copies }: BaseGenerationState): Promise<void> {
  for (const [node, { vmid, files }] of Object.entries(copies)) {
    expect(Object.keys(files)).toEqual(["scsi0"]);
    const { values } = await readGuestConfig(lab.cluster.client, { node, vmid });
    expect(Object.keys(values).filter((key) => /^(?:unused|scsi[1-9])/.test(key))).toEqual([]);
  }
}
