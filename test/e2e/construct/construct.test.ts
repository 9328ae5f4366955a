import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";
import { remoteClass } from "./remote-class.ts";

const password = "planted-password-51c0";

const args = `{ ...place, seats: 3, teacher: true, hardware: { cores: 2 }, cloudInit: { user: "student", password } }`;
const secret = `const password = pulumi.secret(${JSON.stringify(password)});\n`;
const exported = `export const { seats, teacher, generation } = lab;\n`;

const local = `import { LabClass } from "@coppice/components";
${remoteClass}${secret}const lab = new LabClass("lab", ${args});\n${exported}`;
const remote = `${remoteClass}${secret}const lab = new RemoteClass("lab", ${args});\n${exported}`;

/** One stack, step by step; the tests stand on each other. */
describe("a class that the plugin makes for a program without the class's code", { timeout: 240_000 }, () => {
  let emulator: Emulator;
  let stack: ClassStack;
  beforeAll(async () => {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    emulator = await startEmulator({ nodes: 2, timeScale: 5 });
    stack = await ClassStack.create(emulator, { example: "lab-class", program: remote });
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  /** Runs another program and answers what was said, whatever the exit code. */
  async function said(program: string, ...command: readonly string[]): Promise<string> {
    await stack.write(program);
    const { stdout, stderr } = await stack.run(...command);
    return stdout + stderr;
  }

  test("has its machines, its outputs and its resources beneath it, through one provider", async () => {
    expect(await stack.failureOf("up", "--yes")).toBe("");
    expect(Object.keys(await stack.output<object>("seats"))).toEqual(["seat-01", "seat-02", "seat-03"]);
    expect(await stack.output("teacher")).toMatchObject({ vmid: 20_000 });
    expect(await stack.output("generation")).toBe(1);
    const { resources = [] } = await stack.project.state();
    expect(resources.map(({ urn }) => urn.split("::").slice(2).join(" ")).sort()).toEqual([
      "coppice:index:LabClass lab",
      "coppice:index:LabClass$coppice:index:BaseGeneration lab",
      "coppice:index:LabClass$coppice:index:OverlayPool lab",
      "coppice:index:LabClass$coppice:index:OverlayPool lab-teacher",
      "pulumi:providers:coppice default",
      "pulumi:pulumi:Stack lab-class-test",
    ]);
  });

  test("is the same class as that of a TypeScript program, whatever the door of the stack", async () => {
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
    await stack.project.configure("coppice:door", "dynamic");
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
    await stack.project.configure("coppice:door", "plugin");
    expect(await said(local, "preview", "--expect-no-changes")).toMatch(/^ {4}5 unchanged$/m);
  });

  test("keeps a secret secret, in the state and in all that was printed", async () => {
    const state = JSON.stringify(await stack.project.state());
    expect(state).toContain("ciphertext");
    expect(state + stack.printed.join("")).not.toContain(password);
  });

  test("is refused with all mistakes at once, before anything is registered, and no secret is repeated", async () => {
    const wrong = remote
      .replace("seats: 3", 'seat: 3, start: "allways"')
      .replace("password }", "password: 51 }");
    const text = await said(wrong, "preview");
    expect(text).toContain(`coppice:index:LabClass resource 'lab' has a problem: 3 mistakes:
          'seat' is not known; did you mean 'seats'?
          'cloudInit.password' is a number; write a text
          'start' is "allways"; choose "never" or "after-create" [arguments.wrong]
`);
    expect(text).not.toMatch(/OverlayPool|\b51\b/);
  });

  test("takes outputs where they may be late, and says where they may not", async () => {
    const late = `${remoteClass}
const pool = new pulumi.CustomResource("coppice:index:Pool", "lab", { poolid: "lab", comment: pulumi.secret("hush") });
const tag = pool.id.apply(() => 42); // unknown in the first preview
const lab = new RemoteClass("lab", {
  ...place, seats: 3, teacher: true, hardware: { cores: 2 }, cloudInit: { user: "student" }, network: { tag },
});\n${exported}`;
    expect(await said(late, "up", "--yes")).toMatch(/\+ 1 created\n {4}~ 3 updated/);
    expect((await emulator.shell("pve1", "qm config 20001")).stdout).toMatch(/^net0: .*,tag=42$/m);
    const early = late.replace("seats: 3", "seats: tag");
    expect(await said(early, "preview")).toContain(
      "'seats' is an output, which is known only during the run",
    );
  });

  test("keeps what a program gave as a secret, also where it is none by itself", async () => {
    const { resources = [] } = await stack.project.state();
    const pool = resources.find(({ type }) => type === "coppice:index:Pool");
    expect(pool?.inputs?.["comment"]).toHaveProperty("ciphertext");
    expect(pool?.outputs?.["comment"]).toHaveProperty("ciphertext");
  });

  test("moves beneath a parent by an alias, and is protected with all that it holds", async () => {
    const moved = remote.replace(
      `new RemoteClass("lab", ${args})`,
      `new RemoteClass("lab", ${args}, {
        parent: new pulumi.ComponentResource("lab:index:Group", "group"),
        aliases: [{ parent: pulumi.rootStackResource }],
        protect: true,
      })`,
    );
    expect(await said(moved, "up", "--yes")).toMatch(/\+ 1 created\n {4}~ 3 updated\n {4}- 1 deleted\n/);
    const { resources = [] } = await stack.project.state();
    expect(resources.map(({ urn }) => urn)).toContain(
      "urn:pulumi:test::lab-class::lab:index:Group$coppice:index:LabClass$coppice:index:OverlayPool::lab",
    );
    expect(await said(moved, "destroy", "--yes", "--skip-preview")).toContain("protected");
  });

  test("goes with everything", async () => {
    await stack.write(remote);
    expect(await stack.failureOf("state", "unprotect", "--all", "--yes")).toBe("");
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  });
});
