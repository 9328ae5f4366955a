import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { basesOf } from "../class/bases-of.ts";
import { ClassStack } from "../class/class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";
import { describeUnless } from "../describe-unless.ts";
import { yamlHostIsMissing } from "./yaml-host.ts";

const missing = await yamlHostIsMissing();
const password = "planted-password-7e02";

/** One class through a term, described in YAML; the tests stand on each other. */
describeUnless(missing, "a class that a YAML program describes", { timeout: 120_000 }, () => {
  let emulator: Emulator;
  let stack: ClassStack;
  let file: string;
  let example: string;
  beforeAll(async () => {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    emulator = await startEmulator({ nodes: 3, timeScale: 5 });
    stack = await ClassStack.create(emulator, { example: "class-yaml" });
    file = join(stack.project.path, "Pulumi.yaml");
    example = readFileSync(file, "utf8");
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  /** Writes the example with other properties of the class: a line that is given replaces the one of its name. */
  function want(...lines: readonly string[]): void {
    const given = lines.map((line) => `      ${line}`);
    const names = given.map((line) => line.slice(0, line.indexOf(":") + 1));
    const kept = example.split("\n").filter((line) => !names.some((name) => line.startsWith(name)));
    const at = kept.indexOf("    properties:") + 1;
    writeFileSync(file, [...kept.slice(0, at), ...given, ...kept.slice(at)].join("\n"));
  }

  /** What a preview says against the program, before anything is done. */
  async function refused(): Promise<string> {
    const { code, stdout, stderr } = await stack.run("preview");
    expect(code).not.toBe(0);
    expect(stdout + stderr).not.toMatch(/OverlayPool/);
    return stdout + stderr;
  }

  test("has 25 seats and a teacher, and nothing is left to do", async () => {
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    expect(Object.keys(await stack.output<object>("seats"))).toHaveLength(25);
    expect(await stack.output("teacher")).toMatchObject({ vmid: 20_000 });
    expect(Object.keys(await basesOf(emulator))).toHaveLength(26);
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
  });

  test("is refused by the host where a name is wrong, with the names that there are", async () => {
    want("hardwear: { cores: 2 }");
    expect(await refused()).toMatch(
      /Property hardwear does not exist on 'coppice:index:LabClass'[^]*hardware/,
    );
    want("hardware: { cores: 2, memori: 2GiB }");
    expect(await refused()).toMatch(/Property memori does not exist on 'coppice:index:Hardware'[^]*memory/);
    want("start: allways");
    expect(await refused()).toMatch(/Allowed values are Never \("never"\), AfterCreate \("after-create"\)/);
  });

  test("is refused by the plugin where a value is wrong, all mistakes at once", async () => {
    want("hardware: { memory: 4GB, cores: 0 }", "reset: { seat-1: again }", "pool: 5");
    expect(
      await refused(),
    ).toContain(`coppice:index:LabClass resource 'networks-101' has a problem: 4 mistakes:
          'hardware.cores' is 0; choose 1 to 512
          'hardware.memory' is "4GB": the unit "GB" is unknown (did you mean "GiB"?)`);
  });

  test("takes other hardware and a password, which stays a secret", async () => {
    want("hardware: { cores: 3, memory: 2GiB }", `cloudInit: { password: { fn::secret: ${password} } }`);
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    expect((await emulator.shell("pve1", "cat /etc/pve/nodes/*/qemu-server/20007.conf")).stdout).toMatch(
      /^cores: 3$/m,
    );
    expect(JSON.stringify(await stack.project.state()) + stack.printed.join("")).not.toContain(password);
  });

  test("is given the teacher's disk", async () => {
    want("publish: { generation: 2, from: teacher, policyOf: { seat-01: keep } }");
    expect(await stack.printedBy("preview")).toMatch(/24 seats are reset to a fresh disk/);
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    const { 20000: teacher, 20001: kept, 20002: reset } = await basesOf(emulator);
    expect({ teacher, kept, isOther: reset !== 9000 }).toEqual({ teacher: 9000, kept: 9000, isOther: true });
  });

  test("resets one seat and loses the last five, in one run", async () => {
    const publish = "publish: { generation: 2, from: teacher, policyOf: { seat-01: keep } }";
    want(publish, "reset: { seat-06: again }", "seats: 20");
    expect(await stack.printedBy("up", "--yes")).toMatch(
      /1 seat is reset to a fresh disk[^]*seat-06[^]*warning: 5 seats are removed with all disks; .* exists only there:/,
    );
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
    expect(Object.keys(await stack.output<object>("seats"))).toHaveLength(20);
  });

  test("and leaves only the template", async () => {
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  });
});
