import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { basesOf } from "./bases-of.ts";
import { ClassStack, type ClassStackOptions } from "./class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "./guests-left.ts";
import { type Wish, want, wishedClass } from "./wished-class.ts";

const ways: readonly (readonly [string, Omit<ClassStackOptions, "example">])[] = [
  ["through the dynamic door", { config: { "coppice:door": "dynamic" } }],
  ["without SSH", { cluster: { ssh: undefined } }],
];

/** What differs from the usual way, on the same steps. */
describe.each(ways)("a class %s", { timeout: 240_000 }, (_, options) => {
  const { config } = options;
  let emulator: Emulator;
  let stack: ClassStack;
  beforeAll(async () => {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    emulator = await startEmulator({ nodes: 2, timeScale: 5 });
    stack = await ClassStack.create(emulator, { example: "lab-class", program: wishedClass, ...options });
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  async function up(wish: Wish): Promise<void> {
    want(stack, wish);
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
  }

  test("is made, and its roster edited: just the seats that came and left are touched", async () => {
    await up({ roster: ["ada", "grace", "hedy"], teacher: true });
    const before = await stack.output<Record<string, object>>("seats");
    want(stack, { roster: ["ada", "joan", "hedy"], teacher: true });
    expect(await stack.printedBy("preview")).toMatch(
      /1 seat is removed with all disks.*:\n {6}grace  20002  pve/,
    );
    await up({ roster: ["ada", "joan", "hedy"], teacher: true });
    const { joan, ...others } = await stack.output<Record<string, object>>("seats");
    expect(joan).toMatchObject({ vmid: 20_004 });
    expect({ ...others, grace: before["grace"] }).toEqual(before);
  });

  test("is published to, a seat is reset, and then nothing is left to do", async () => {
    const publish = { generation: 2, from: "teacher", policyOf: { hedy: "keep" } };
    const wish = { roster: ["ada", "joan", "hedy"], teacher: true, publish };
    await up(wish);
    const { 20001: ada, 20003: hedy, 20004: joan } = await basesOf(emulator);
    expect([ada === joan, ada === 9000, hedy]).toEqual([true, false, 9000]);
    await up({ ...wish, reset: { hedy: "once" } });
    expect((await basesOf(emulator))[20_003]).toBe(ada);
    want(stack, { ...wish, publish: { ...publish, generation: 4 }, reset: { hedy: "once" } });
    const { code, stdout } = await stack.run("preview");
    expect(code).not.toBe(0);
    expect(stdout).toContain("'number' is 4, which would pass by 3: the last is 2, so choose 3");
    want(stack, { ...wish, reset: { hedy: "once" } });
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
  });

  test("is refused through another door before anything is changed", async () => {
    const [door, other] =
      config?.["coppice:door"] === "dynamic" ? ["dynamic", "plugin"] : ["plugin", "dynamic"];
    const before = await guestsAndDisks(emulator);
    await stack.project.configure("coppice:door", other);
    for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const { code, stdout } = await stack.run(...command);
      expect(code).not.toBe(0);
      expect(stdout).toContain(`Type \`pulumi config set coppice:door ${door}\``);
    }
    expect(await guestsAndDisks(emulator)).toEqual(before);
    await stack.project.configure("coppice:door", door);
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
  });

  test("and leaves only the template", async () => {
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  });
});
