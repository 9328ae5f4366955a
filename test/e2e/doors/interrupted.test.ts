import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DoorStack } from "./door-stack.ts";
import { processEnded } from "./process-ended.ts";

const files = { a: "1", b: "2", c: "3" };

describe("Ctrl-C in the middle of a create", () => {
  let stack: DoorStack;
  beforeAll(async () => {
    stack = await DoorStack.create("plugin");
  });
  afterAll(() => stack.remove());

  test("ends the step in hand, starts no other, and records what there is", async () => {
    await stack.want({ set: { folder: stack.path("set"), files, gates: stack.gates } });
    await stack.hold("b");
    const run = stack.project.start(["up", "--yes", "--skip-preview"]);
    const plugin = await stack.reached("b");
    run.signal("SIGINT");
    await stack.appears("cancelled");
    await stack.release("b");
    const result = await run.finished();
    expect(result.code).not.toBe(0);
    expect(await stack.filesIn("set")).toEqual(["a", "b"]);
    expect((await stack.resource("set"))?.outputs).toMatchObject({ files: { a: "1", b: "2" }, count: 2 });
    expect(result.stdout + result.stderr).toContain(
      "c: not started: the run was cancelled [provider.interrupted]",
    );
    await processEnded(plugin);
  });

  test("leaves a stack that the next update finishes", async () => {
    expect((await stack.up()).code).toBe(0);
    expect(await stack.filesIn("set")).toEqual(["a", "b", "c"]);
    expect((await stack.project.run("preview", "--expect-no-changes")).code).toBe(0);
  });
});

describe("an engine that is killed in the middle of a create", () => {
  let stack: DoorStack;
  beforeAll(async () => {
    stack = await DoorStack.create("plugin");
  });
  afterAll(() => stack.remove());

  test("is noticed by the plugin, which ends after the step in hand", async () => {
    await stack.want({ set: { folder: stack.path("set"), files, gates: stack.gates } });
    await stack.hold("b");
    const run = stack.project.start(["up", "--yes", "--skip-preview"]);
    const plugin = await stack.reached("b");
    run.signal("SIGKILL");
    await run.finished();
    await stack.appears("cancelled");
    await stack.release("b");
    await processEnded(plugin);
    expect(await stack.filesIn("set")).toEqual(["a", "b"]);
  });

  test("leaves a lock that `pulumi cancel` takes away, and work that the next update takes up", async () => {
    const locked = await stack.up();
    expect(locked.code).not.toBe(0);
    expect(locked.stdout + locked.stderr).toContain("pulumi cancel");
    expect((await stack.project.run("cancel", "--yes")).code).toBe(0);
    expect((await stack.up()).code).toBe(0);
    expect(await stack.filesIn("set")).toEqual(["a", "b", "c"]);
    expect((await stack.resource("set"))?.outputs).toMatchObject({ count: 3 });
  });
});

describe("Ctrl-C through the dynamic door", () => {
  let stack: DoorStack;
  beforeAll(async () => {
    stack = await DoorStack.create("dynamic");
  });
  afterAll(() => stack.remove());

  test("reaches no handler: all steps are done", async () => {
    await stack.want({ set: { folder: stack.path("set"), files, gates: stack.gates } });
    await stack.hold("b");
    const run = stack.project.start(["up", "--yes", "--skip-preview"]);
    await stack.reached("b");
    run.signal("SIGINT");
    await run.said("cancelling");
    await stack.release("b");
    await run.finished();
    expect(existsSync(join(stack.gates, "cancelled"))).toBe(false);
    expect(await stack.filesIn("set")).toEqual(["a", "b", "c"]);
  });
});
