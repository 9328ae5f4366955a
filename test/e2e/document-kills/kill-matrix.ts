import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KillAt, KillLab, Victim } from "./kill-lab.ts";
import { type Operation, type OperationName, operations } from "./operations.ts";
import { startKills } from "./start-kills.ts";
import { commonSteps } from "./step-watch.ts";
import type { Look } from "./what-is-wrong.ts";

const victims: readonly Victim[] = ["the engine", "the command", "both"];

/**
 * Registers the tests of some operations; they share one emulator. The steps are those that the command takes: each operation
 * is carried out once to learn them.
 */
export function killMatrix(...names: readonly OperationName[]): void {
  let kills: KillLab;
  let look: Look;
  let cases = 0;
  const began = performance.now();
  beforeAll(async () => {
    ({ kills, look } = await startKills());
  }, 120_000);
  afterAll(async () => {
    const seconds = Math.round((performance.now() - began) / 1000);
    console.info(`${names.join(", ")}: killed at ${cases} steps in ${seconds} s`);
    look.stop();
    await kills.remove();
  });

  describe("whoever is killed at whichever step, the same command again is all that is needed", () => {
    test.each(names)(
      "%s",
      async (name) => {
        const steps = await stepsOf({ kills, look }, operations[name]);
        const problems: string[] = [];
        for (const each of casesOf(steps, names.indexOf(name))) {
          problems.push(...(await problemsOf({ kills, look }, operations[name], each)));
          cases += 1;
        }
        expect(problems).toEqual([]);
        expect(await commandsSay(kills, operations[name])).toEqual([]);
      },
      600_000,
    );
  });
}

interface Parts {
  readonly kills: KillLab;
  readonly look: Look;
}

interface KillCase extends KillAt {
  readonly victim: Victim;
}

async function begin(kills: KillLab, { from, document }: Operation): Promise<void> {
  await kills.goBack(from);
  await kills.lab.write("class.yaml", document);
}

async function stepsOf({ kills, look }: Parts, operation: Operation): Promise<string[]> {
  await begin(kills, operation);
  const { printed, steps } = await kills.stepsOf(operation.command);
  expect(printed).toMatchObject({ code: 0 });
  expect(await look.wrong(operation.machines)).toEqual([]);
  return steps;
}

/**
 * Every kind of step once, the first of them or one in their middle, and one victim after another. Of those that every operation takes
 * alike, each takes its share.
 */
function casesOf(steps: readonly string[], turn: number): KillCase[] {
  const counts = new Map<string, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  const common = [...counts].filter(([step]) => commonSteps.has(step));
  const own = [...counts].filter(([step]) => !commonSteps.has(step));
  const share = common.filter((_, index) => index % 3 === turn % 3);
  return [...share, ...own].map(([step, count], index) => {
    const victim = victims[(index + turn) % victims.length] ?? "both";
    return { step, nth: (index + turn) % 2 === 0 ? 1 : Math.ceil(count / 2), victim };
  });
}

async function problemsOf(
  { kills, look }: Parts,
  operation: Operation,
  { victim, ...at }: KillCase,
): Promise<string[]> {
  await begin(kills, operation);
  let isStruck = await kills.isKilled(operation.command, at, victim);
  // How often Proxmox is asked, and the system tells of files, is not always the same.
  if (!isStruck) {
    await begin(kills, operation);
    isStruck = await kills.isKilled(operation.command, { ...at, nth: 1 }, victim);
  }
  const { code, out, err } = await kills.lab.run(...operation.command);
  const wrong = await look.wrong(operation.machines);
  if (!isStruck) wrong.push("it never came to that");
  if (code !== 0) wrong.push(`the same command again ended with ${code}: ${out}${err}`);
  return wrong.map((what) => `${victim} killed at '${at.step}' (${at.nth}): ${what}`);
}

/** The same from the commands that a person has, once: they take longer than what they look at. */
async function commandsSay({ lab }: KillLab, { machines }: Operation): Promise<string[]> {
  const looks = machines.length === 0 ? {} : looksAtDocuments;
  const wrong: string[] = [];
  for (const [command, says] of Object.entries({ ...looks, reconcile: "" })) {
    const { code, out, err } = await lab.run(command, ...(command === "reconcile" ? [] : ["class.yaml"]));
    if (code !== 0 || !out.includes(says)) wrong.push(`${command} ended with ${code}: ${out}${err}`);
  }
  return wrong;
}

const looksAtDocuments = {
  preview: "\nDocuments: 1 unchanged\n",
  drift: "LabClass lab on main is as it was applied\n",
};
