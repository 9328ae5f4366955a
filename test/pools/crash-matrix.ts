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

const theirs = `sha256sum /etc/pve/nodes/${home}/qemu-server/${foreign}.conf /var/lib/vz/images/${foreign}/*`;
const markers = "ls -A /var/lib/vz/images/*/.coppice-* /mnt/pve/nas/images/*/.coppice-* 2>/dev/null";
const guests = `ls /etc/pve/nodes/*/qemu-server | grep '^20'`;
/** Everything that a test wants to see of the node, asked at once. */
const look = `${theirs}; echo --; ${markers}; echo --; ${guests}; true`;

/** Registers the tests of some stories; they share one emulator. */
export function crashMatrix(...names: readonly string[]): void {
  let matrix: Matrix;
  beforeAll(async () => {
    const lab = await PoolLab.start({ nodes: 3 });
    const stories = await crashStories(lab, "overlay");
    matrix = { lab, stories, untouched: await lab.cluster.shell(home, `${theirs}; echo --`), cases: 0 };
  }, 120_000);
  afterAll(async () => {
    console.log(`crash matrix of ${names.join(", ")}: ${matrix.cases} cases`);
    await matrix.lab[Symbol.asyncDispose]();
  });
  describe("whatever happens at whichever step, the same operation again brings the class to what is wanted", () => {
    test.each(names)("%s", async (name) => expect(await problemsOf(matrix, name)).toEqual([]), 300_000);
  });
}

interface Matrix {
  readonly lab: PoolLab;
  readonly stories: readonly CrashStory[];
  /** How somebody else's guest looked at the start. */
  readonly untouched: string;
  /** How many cases were carried out. */
  cases: number;
}

/** Every case of a story; answers those that went wrong. */
async function problemsOf(matrix: Matrix, name: string): Promise<string[]> {
  const story = matrix.stories.find((each) => each.name === name);
  if (story === undefined) throw new Error(`there is no story '${name}'`);
  const problems: string[] = [];
  for (const each of await casesOf(matrix, story)) {
    await tellTwice(matrix, story, each).catch((error: Error) => {
      problems.push(`${each.trouble.name} ${each.phase} '${each.step}': ${error.message.slice(0, 800)}`);
    });
    matrix.cases += 1;
  }
  return problems;
}

/** The steps are those that the code takes: a story is carried out once to learn them. */
async function casesOf(matrix: Matrix, story: CrashStory): Promise<CrashCase[]> {
  const { lab } = matrix;
  const steps: string[] = [];
  await lab.cluster.restore(story.from);
  await tell(lab, story, story.recorded, { hook: recorder(steps) });
  await assertWell(matrix, story);
  return [...new Set(steps)].flatMap((step) =>
    troubles
      .filter(({ strikes }) => strikes?.test(step) ?? true)
      .flatMap((trouble) => trouble.at.map((phase) => ({ trouble, step, phase }))),
  );
}

/** The story with trouble in it, then the same operation again. */
async function tellTwice(
  matrix: Matrix,
  story: CrashStory,
  { trouble, step, phase }: CrashCase,
): Promise<void> {
  const { lab } = matrix;
  const { cluster } = lab;
  await cluster.restore(story.from);
  const hook = troubleAt(lab, trouble, step, phase);
  const first = await tell(lab, story, story.recorded, { hook }).catch(() => undefined);
  cluster.control.faults.clear();
  cluster.control.setNode(home, { online: true });
  cluster.control.expectVotes(undefined);
  await cluster.reconnect();
  const kept: OverlayPoolState | undefined =
    trouble.isDeath || first === undefined ? story.recorded : first.state;
  const again = await tell(lab, story, kept);
  expect(again.isFinished, "the second run finishes").toBe(true);
  if (again.state !== undefined) expect(lab.diff(story.inputs, again.state).changes).toEqual([]);
  await assertWell(matrix, story);
}

async function assertWell({ lab: { cluster }, untouched }: Matrix, story: CrashStory): Promise<void> {
  expect((await cluster.control.check()).join("\n")).toBe("");
  const [files = "", marked, left = ""] = (await cluster.shell(home, look)).split("--\n");
  expect(`${files}--\n`).toBe(untouched);
  expect(marked).toBe("");
  const seats = story.isDestroy ? 0 : (story.inputs.roster?.length ?? 0);
  const generations = story.from === "fresh" ? 1 : 2;
  expect(left.trim().split("\n")).toHaveLength(seats + generations + 1);
}
