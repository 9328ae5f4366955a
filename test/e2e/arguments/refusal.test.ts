import { type Emulator, startEmulator } from "@coppice/emulator";
import type { RecordedResource, StackState } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";
import { type Wish, want } from "../class/wished-class.ts";
import { refusalsOf } from "./refusals.ts";

/** A class, and perhaps something beside it that is right or wrong by itself. */
const program = `import { readFileSync } from "node:fs";
import { LabClass, OverlayVmPool } from "@coppice/components";

const { runners, ...wish } = JSON.parse(readFileSync("class.json", "utf8"));
const both = { template: { vmid: 9000 }, storage: "nas" };
const lab = new LabClass("lab", { ...both, vmids: { from: 20000, to: 20099 }, ...wish });
if (runners) new OverlayVmPool("runners", { ...both, vmids: { from: 30000, to: 30099 }, ...runners });
export const seats = lab.seats;
export const teacher = lab.teacher?.vmid;
`;

const password = "planted-password-71c4";
const three: Wish = { seats: 3, teacher: true, cloudInit: { user: "student", password } };
const misspelt = { generation: 2, from: "teacher", polcy: "keep" };

describe.each(["plugin", "dynamic"])("a class of 3 behind the %s door", { timeout: 240_000 }, (door) => {
  let emulator: Emulator;
  let stack: ClassStack;
  beforeAll(async () => {
    emulator = await startEmulator({ nodes: 1, timeScale: 5 });
    const config = { "coppice:door": door };
    stack = await ClassStack.create(emulator, { example: "lab-class", program, config });
    want(stack, three);
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  /** Runs a wrong program, without a preview that would have ended it before. */
  async function refused(wish: Wish): Promise<Record<string, readonly string[]>> {
    want(stack, wish);
    const machines = await guests(emulator);
    const resources = await recorded(stack);
    emulator.control.resetCounters();
    const up = await stack.run("up", "--yes", "--skip-preview");
    expect(up.code).not.toBe(0);
    expect(emulator.control.counters()).toMatchObject({ requests: {}, tasks: {} });
    expect(await guests(emulator)).toEqual(machines);
    expect(await recorded(stack)).toEqual(resources);
    expect(up.stdout + up.stderr).not.toMatch(/^\s+at .*:\d+:\d+|TypeError|Warning/m);
    expect(up.stdout + up.stderr).not.toContain(password);
    return refusalsOf(up);
  }

  test("stands in the state with what was said of it, and its password nowhere in the clear", async () => {
    const { resources = [] } = await stack.project.state();
    const component = resources.find(({ type }) => type === "coppice:index:LabClass");
    const cloudInit = {
      user: "student",
      password: expect.objectContaining({ ciphertext: expect.any(String) }),
    };
    expect(component?.inputs).toEqual({
      template: { vmid: 9000 },
      storage: "nas",
      vmids: { from: 20_000, to: 20_099 },
      ...three,
      cloudInit,
    });
    expect(await stack.printedBy("stack", "export")).not.toContain(password);
    expect(stack.printed.join("\n")).not.toContain(password);
  });

  test("is left alone when an argument of it is misspelt", async () => {
    expect(await refused({ ...three, publish: misspelt })).toEqual({
      lab: ["'publish.polcy' is not known; did you mean 'policy'?"],
    });
  });

  test("is left alone with all its mistakes said, and those of the component beside it", async () => {
    expect(await refused({ ...three, seats: 0, publish: misspelt, runners: { seats: "8" } })).toEqual({
      lab: ["'publish.polcy' is not known; did you mean 'policy'?", expect.stringMatching(/^'seats' is 0, /)],
      runners: [`'seats' is "8", a text; write a whole number like 25`],
    });
  });

  test("is not even renewed when another component is wrong", async () => {
    const { runners } = await refused({ ...three, hardware: { cores: 2 }, runners: { seats: 0 } });
    expect(runners).toEqual([expect.stringMatching(/^'seats' is 0, /)]);
  });

  test("hears of a wrong password without reading it", async () => {
    const wrong = { ...three, cloudInit: { user: "student", password: [password] } };
    expect(await refused(wrong)).toEqual({ lab: ["'cloudInit.password' is a list; write a text"] });
    const inside = { ...three, cloudInit: { student: password, password: "" } };
    expect(JSON.stringify(await refused(inside))).toContain("'cloudInit.student' is not known");
  });

  test("has nothing left to do when its arguments are right again", async () => {
    want(stack, three);
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
  });
});

/** The configurations of all machines. */
async function guests(emulator: Emulator): Promise<string> {
  const { stdout } = await emulator.shell("pve1", "head -n -0 /etc/pve/nodes/*/qemu-server/*.conf");
  return stdout;
}

/** What the state says of resources; the outputs of the stack itself do not survive a failed run, whatever failed. */
async function recorded(stack: ClassStack): Promise<readonly RecordedResource[]> {
  // With secrets in the clear, which the state has under a new cipher each time.
  const text = await stack.printedBy("stack", "export", "--show-secrets");
  const { deployment } = JSON.parse(text) as { deployment: StackState }; // what the engine exports
  return (deployment.resources ?? []).filter(({ type }) => type !== "pulumi:pulumi:Stack");
}
