import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack, PASSWORD } from "./class-stack.ts";
import { crashCases } from "./crash-cases.ts";
import { interrupt, mend } from "./interrupt.ts";
import { firstWish, type Operation, operations } from "./operations.ts";
import { placesWith } from "./places-with.ts";
import { type Standing, whatStands } from "./what-stands.ts";

let stack: ClassStack;
let foreign: string;
let before: Standing;
let ran = 0;

beforeAll(async () => {
  stack = await ClassStack.start();
  stack.want(firstWish);
  await stack.keep("nothing");
  foreign = (await whatStands(stack)).foreign;
  expect((await stack.run("up", "--yes", "--skip-preview")).code).toBe(0);
  await stack.keep("class");
}, 120_000);
afterAll(async () => {
  console.info(`${ran} of ${crashCases.length} accidents through the engine`);
  await stack.remove();
});

describe("a class after an accident is put right by the same command", () => {
  test.each(crashCases)(
    "$operation: $accident $where",
    async ({ operation, accident, moment }) => {
      const wanted = operations[operation];
      const { from, command, wish } = wanted;
      await stack.goBack(from);
      before = await whatStands(stack);
      stack.want(wish);
      await interrupt(stack, command, moment, accident);
      expect((await whatStands(stack)).foreign).toBe(foreign);
      await mend(stack, accident);
      const again = await stack.run(command, "--yes", "--skip-preview");
      expect(again, again.stdout + again.stderr).toMatchObject({ code: 0 });
      expectStanding(await whatStands(stack), wanted);
      await expectSettled(command);
      ran += 1;
    },
    180_000,
  );
});

describe("what all these runs left behind", () => {
  const secrets: readonly (readonly [string, () => string])[] = [
    ["cloud-init's password", () => PASSWORD],
    ["the token", () => stack.lab.emulator.token.secret],
    ["the SSH key", () => stack.lab.emulator.sshKey.privateKey.split("\n")[2] ?? ""],
  ];

  test.each(secrets)("does not hold %s", async (_, secret) => {
    await stack.run("preview", "--diff");
    expect(secret().length).toBeGreaterThan(15);
    expect(placesWith(stack, secret())).toEqual([]);
  });

  test("is searched where a class's own words are found", () => {
    const state = expect.stringMatching(/^kept\/.*test\.json$/);
    const events = expect.stringMatching(/^events-\d+\.log$/);
    expect(placesWith(stack, "seat-01")).toEqual(expect.arrayContaining(["output", state, events]));
    expect(placesWith(stack, "TASK OK")).toEqual(expect.arrayContaining([expect.stringMatching(/UPID/)]));
  });
});

/** Just the wanted machines, on the wanted disks, and nothing else. */
function expectStanding(now: Standing, { seats, generation, renewed }: Omit<Operation, "wish">): void {
  expect(now).toMatchObject({ wrong: [], litter: [], foreign });
  expect(now.machines).toMatchObject(seats);
  const own = [...Object.values(seats), ...(generation === undefined ? [] : [generation])];
  expect(Object.values(now.machines).sort()).toEqual([...own, "next", "template-9000", "theirs"].sort());
  for (const vmid of renewed?.seats ?? []) {
    expect(now.disks[vmid]).toMatch(renewed?.base ?? "");
    expect(now.former[vmid]).toBe(before.disks[vmid]);
  }
}

/** The engine sees nothing left to do. */
async function expectSettled(command: "up" | "destroy"): Promise<void> {
  if (command === "destroy") {
    const { resources = [] } = await stack.project.state();
    expect(resources.filter(({ type }) => type.startsWith("coppice:"))).toEqual([]);
  } else {
    const preview = await stack.run("preview", "--expect-no-changes");
    expect(preview, preview.stdout + preview.stderr).toMatchObject({ code: 0 });
  }
}
