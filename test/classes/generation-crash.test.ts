import { listGuestResources, readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassLab } from "./class-lab.ts";
import { type CrashCase, casesOf, recorder, recover, troubleAt } from "./crash-faults.ts";
import { type GenerationStory, generationStories } from "./generation-stories.ts";

let lab: ClassLab;
let stories: GenerationStory[];
let cases = 0;
beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 3 });
  stories = await generationStories(lab);
}, 120_000);
afterAll(async () => {
  console.log(`crash matrix of generations: ${cases} cases`);
  await lab[Symbol.asyncDispose]();
});

/** Finished, protected templates and nothing half made. */
async function assertWell({ templates, others }: GenerationStory): Promise<void> {
  const { client, control } = lab.cluster;
  // Whether a guest is a template shows in the list only after a status round.
  const guests = (await listGuestResources(client)).filter(({ vmid }) => vmid >= 20_000);
  const found = await Promise.all(
    guests.map(async ({ node, vmid }) => ({ node, config: await readGuestConfig(client, { node, vmid }) })),
  );
  const ours = found.filter(({ config }) => config.template);
  expect(found).toHaveLength(ours.length + others);
  expect(ours.map(({ node }) => node).sort()).toEqual(templates.map(({ node }) => node));
  for (const { node, config } of ours) {
    expect([config.protected, config.lock]).toEqual([true, undefined]);
    const tags = config.tags.join(";");
    expect(
      templates.some((wanted) => wanted.node === node && wanted.tags.test(tags)),
      tags,
    ).toBe(true);
  }
  expect(await control.check()).toEqual([]);
}

async function stepsOf(story: GenerationStory): Promise<string[]> {
  const steps: string[] = [];
  await lab.cluster.restore(story.from);
  await lab.cluster.reconnect();
  await story.tell({ hook: recorder(steps) });
  await assertWell(story);
  return steps;
}

async function tellTwice(story: GenerationStory, each: CrashCase): Promise<void> {
  await lab.cluster.restore(story.from);
  await story.tell(troubleAt(lab, each)).catch(() => undefined);
  await recover(lab);
  await story.tell();
  await assertWell(story);
}

describe("a generation", () => {
  test.each([
    "make a copy on each node",
    "publish a machine that has a data disk",
    "remove",
    "retire on the node where a seat stands on it",
  ])(
    "is as wanted after the same operation again, whatever happened at whichever step: %s",
    async (name) => {
      const story = stories.find((each) => each.name === name);
      if (story === undefined) throw new Error(`there is no story '${name}'`);
      const problems: string[] = [];
      for (const each of casesOf(await stepsOf(story))) {
        await tellTwice(story, each).catch((error: Error) => {
          problems.push(`${each.trouble.name} ${each.phase} '${each.step}': ${error.message.slice(0, 400)}`);
        });
        cases += 1;
      }
      expect(problems).toEqual([]);
    },
    240_000,
  );
});
