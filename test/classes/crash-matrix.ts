import type { OverlayPoolState } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassLab } from "./class-lab.ts";
import { type CrashCase, casesOf, home, recorder, recover, troubleAt } from "./crash-faults.ts";
import {
  type CrashMethod,
  type CrashStory,
  crashStories,
  foreign,
  type StoryEnd,
  tell,
} from "./crash-stories.ts";
import { localTenantToken } from "./pool-token.ts";

const theirs = `sha256sum /etc/pve/nodes/${home}/qemu-server/${foreign}.conf /var/lib/vz/images/${foreign}/*`;
const markers = "/var/lib/vz/images/*/.coppice-* /mnt/pve/nas/images/*/.coppice-*";
const guests = "/etc/pve/nodes/*/qemu-server/20*";
/** Everything that a test wants to see of the node, asked at once and with the shell's own words: it is asked often. */
const look = `shopt -s nullglob; ${theirs}; echo --; echo ${markers}; echo --; echo ${guests}`;

/**
 * Registers the tests of some stories of a method; they share one emulator. Where bulk is allowed, machines leave by the
 * program on their node; elsewhere by Proxmox's API.
 */
export function crashMatrix(method: CrashMethod, ...names: readonly string[]): void {
  registerMatrix({ method, names });
}

/** The same for somebody with rights in one Proxmox pool alone, where a create is unseen until its end. */
export function tenantMatrix(method: CrashMethod, ...names: readonly string[]): void {
  registerMatrix({ method, names, tenant: "acme" });
}

interface MatrixOf {
  readonly method: CrashMethod;
  readonly names: readonly string[];
  /** The pool of the tenant whose token is used; root's when absent. */
  readonly tenant?: string;
}

function registerMatrix({ method, names, tenant }: MatrixOf): void {
  let matrix: Matrix;
  beforeAll(async () => {
    const lab = await ClassLab.start({ nodes: 3 });
    if (tenant !== undefined) await lab.cluster.become({ token: await localTenantToken(lab) });
    else if (method !== "bulk") await lab.cluster.become({ bulk: false });
    const stories = await crashStories(lab, method, tenant);
    const untouched = await lab.cluster.shell(home, `${theirs}; echo --`);
    matrix = { lab, stories, untouched, cases: 0, began: performance.now() };
  }, 120_000);
  afterAll(async () => {
    const seconds = (performance.now() - matrix.began) / 1000;
    const rate = (matrix.cases / seconds).toFixed(1);
    const whose = tenant === undefined ? "" : ` of tenant ${tenant}`;
    console.log(
      `crash matrix of ${names.join(", ")} by '${method}'${whose}: ${matrix.cases} cases, ${rate} a second`,
    );
    await matrix.lab[Symbol.asyncDispose]();
  });
  describe(`whatever happens at whichever step, the same operation again brings a class made by '${method}' to what is wanted`, () => {
    test.each(names)("%s", async (name) => expect(await problemsOf(matrix, name)).toEqual([]), 300_000);
  });
}

interface Matrix {
  readonly lab: ClassLab;
  readonly stories: readonly CrashStory[];
  /** How somebody else's guest looked at the start. */
  readonly untouched: string;
  readonly began: number;
  /** How many cases were carried out. */
  cases: number;
}

/** Every case of a story; answers those that went wrong. */
async function problemsOf(matrix: Matrix, name: string): Promise<string[]> {
  const story = matrix.stories.find((each) => each.name === name);
  if (story === undefined) throw new Error(`there is no story '${name}'`);
  const problems: string[] = [];
  for (const each of casesOf(await stepsOf(matrix, story))) {
    await tellTwice(matrix, story, each).catch((error: Error) => {
      problems.push(`${each.trouble.name} ${each.phase} '${each.step}': ${error.message.slice(0, 800)}`);
    });
    matrix.cases += 1;
  }
  return problems;
}

/** The steps are those that the code takes: a story is carried out once to learn them. */
async function stepsOf(matrix: Matrix, story: CrashStory): Promise<string[]> {
  const steps: string[] = [];
  await matrix.lab.cluster.restore(story.from);
  await tell(matrix.lab, story, story.recorded, { hook: recorder(steps) });
  await assertWell(matrix, story);
  return steps;
}

/** The story with trouble in it, then the same operation again. */
async function tellTwice(matrix: Matrix, story: CrashStory, each: CrashCase): Promise<void> {
  const { lab } = matrix;
  await lab.cluster.restore(story.from);
  const first = await tell(lab, story, story.recorded, troubleAt(lab, each)).catch(() => undefined);
  if (each.trouble.isCancel) assertTold(lab, story, first);
  await recover(lab);
  const isLost = each.trouble.isDeath || first === undefined;
  const again = await tell(lab, story, isLost ? story.recorded : first.state);
  expect(again.unfinished, "what the second run left").toEqual([]);
  if (again.state !== undefined) expect(lab.diff(story.inputs, again.state).changes).toEqual([]);
  if (each.trouble.isCancel)
    expect(again.state?.seats, "seats kept").toMatchObject(wantedSeats(story, first));
  await assertWell(matrix, story);
}

/** A cancelled run says of every seat what became of it: done, or named as not done. */
function assertTold(lab: ClassLab, story: CrashStory, first: StoryEnd | undefined): void {
  // A removal has no outcome but its end: the engine keeps the state that it had.
  if (story.isDestroy) return;
  if (first?.state === undefined) throw new Error("a cancelled run answers with what it did");
  const names = first.unfinished.map(({ item }) => item.replace(/^seats\./, ""));
  const all = new Set([...(story.inputs.roster ?? []), ...Object.keys(story.recorded?.seats ?? {})]);
  expect(names.filter((name) => !all.has(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  const missing = story.inputs.roster?.filter((name) => first.state?.seats[name] === undefined);
  expect(names).toEqual(expect.arrayContaining(missing ?? []));
  if (names.length === 0) expect(lab.diff(story.inputs, first.state).changes).toEqual([]);
}

/** The seats that a run left and that the class goes on to have. */
function wantedSeats({ inputs }: CrashStory, end: StoryEnd | undefined): OverlayPoolState["seats"] {
  const seats = Object.entries(end?.state?.seats ?? {});
  return Object.fromEntries(seats.filter(([name]) => inputs.roster?.includes(name)));
}

async function assertWell({ lab: { cluster }, untouched }: Matrix, story: CrashStory): Promise<void> {
  expect(await cluster.control.check()).toEqual([]);
  const [files = "", marked, left = ""] = (await cluster.shell(home, look)).split("--\n");
  expect(`${files}--\n`).toBe(untouched);
  expect(marked).toBe("\n");
  const seats = story.isDestroy ? 0 : (story.inputs.roster?.length ?? 0);
  const generations = story.from === "fresh" ? 1 : 2;
  expect(left.trim().split(" ")).toHaveLength(seats + generations + 1);
}
