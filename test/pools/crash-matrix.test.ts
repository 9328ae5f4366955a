import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OverlayPoolState } from "../../packages/provider/src/overlay-pool/pool-inputs.ts";
import { home, recorder, type Trouble, troubleAt, troubles } from "./crash-faults.ts";
import { type CrashStory, crashStories, foreign, tell } from "./crash-stories.ts";
import { PoolLab } from "./pool-lab.ts";

interface CrashCase {
  readonly trouble: Trouble;
  readonly step: string;
  readonly phase: "before" | "after";
}

let lab: PoolLab;
let stories: CrashStory[];
let untouched: string;
let cases = 0;

const theirs = `sha256sum /etc/pve/nodes/${home}/qemu-server/${foreign}.conf /var/lib/vz/images/${foreign}/*`;
const markers = "ls -A /var/lib/vz/images/*/.coppice-* /mnt/pve/nas/images/*/.coppice-* 2>/dev/null || true";
const guests = `ls /etc/pve/nodes/*/qemu-server | grep '^20' || true`;

beforeAll(async () => {
  lab = await PoolLab.start({ nodes: 3 });
  stories = await crashStories(lab, "overlay");
  untouched = await lab.cluster.shell(home, theirs);
});

afterAll(async () => {
  console.log(`crash matrix: ${cases} cases`);
  await lab[Symbol.asyncDispose]();
});

/** The steps are those that the code takes: a story is carried out once to learn them. */
async function casesOf(story: CrashStory): Promise<CrashCase[]> {
  const steps: string[] = [];
  await lab.cluster.restore(story.from);
  await tell(lab, story, story.recorded, { hook: recorder(steps) });
  await assertWell(story);
  return [...new Set(steps)].flatMap((step) =>
    troubles
      .filter(({ strikes }) => strikes?.test(step) ?? true)
      .flatMap((trouble) => trouble.at.map((phase) => ({ trouble, step, phase }))),
  );
}

/** The story with trouble in it, then the same operation again. */
async function tellTwice(story: CrashStory, { trouble, step, phase }: CrashCase): Promise<void> {
  const { cluster } = lab;
  await cluster.restore(story.from);
  await cluster.reconnect();
  const hook = troubleAt(lab, trouble, step, phase);
  const first = await tell(lab, story, story.recorded, { hook }).catch(() => undefined);
  cluster.control.faults.clear();
  cluster.control.setNode(home, { online: true });
  cluster.control.expectVotes(undefined);
  await cluster.reconnect();
  const kept: OverlayPoolState | undefined = trouble.isDeath || first === undefined ? story.recorded : first.state;
  const again = await tell(lab, story, kept);
  expect(again.isFinished, "the second run finishes").toBe(true);
  if (again.state !== undefined) expect(lab.diff(story.inputs, again.state).changes).toEqual([]);
  await assertWell(story);
  cases += 1;
}

async function assertWell(story: CrashStory): Promise<void> {
  const { cluster } = lab;
  expect(await cluster.control.check()).toEqual([]);
  expect(await cluster.shell(home, markers)).toBe("");
  expect(await cluster.shell(home, theirs)).toBe(untouched);
  const seats = story.isDestroy ? 0 : (story.inputs.roster?.length ?? 0);
  const generations = story.from === "fresh" ? 1 : 2;
  const left = (await cluster.shell(home, guests)).trim().split("\n");
  expect(left).toHaveLength(seats + generations + 1);
}

describe("whatever happens at whichever step, the same operation again brings the class to what is wanted", () => {
  test.each(["create", "publish", "reset", "undo", "resize", "destroy"])(
    "%s",
    async (name) => {
      const story = stories.find((each) => each.name === name);
      if (story === undefined) throw new Error(`there is no story '${name}'`);
      const problems: string[] = [];
      for (const each of await casesOf(story)) {
        const start = Date.now();
        await tellTwice(story, each).catch((error: Error) => {
          problems.push(`${each.trouble.name} ${each.phase} '${each.step}': ${error.message.slice(0, 600)}`);
        });
        if (process.env["CRASH_TIMES"]) console.log(Date.now() - start, each.trouble.name, each.phase, each.step);
      }
      expect(problems).toEqual([]);
    },
    300_000,
  );
});
