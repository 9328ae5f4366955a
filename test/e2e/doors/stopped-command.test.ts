import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DoorStack } from "./door-stack.ts";
import { processEnded } from "./process-ended.ts";

const files = { a: "1", b: "2", c: "3" };
const up = ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"];

let stack: DoorStack;
beforeEach(async () => {
  stack = await DoorStack.create("plugin");
  await stack.want({ set: { folder: stack.path("set"), files, gates: stack.gates } });
  await stack.hold("b");
});
afterEach(() => stack.remove());

describe("`coppice pulumi up` in the middle of a create", () => {
  test.each([
    ["SIGINT", false],
    ["SIGTERM", false],
    ["SIGHUP", false],
    ["SIGTERM", true],
    ["SIGHUP", true],
  ] as const)("is cancelled by %s as by Ctrl-C (through npm: %s)", async (signal, npm) => {
    const run = stack.project.startCoppice(up, { npm, outputFile: stack.path("output") });
    const plugin = await stack.reached("b");
    run.signal(signal);
    await stack.appears("cancelled");
    await stack.release("b");
    await processEnded(plugin);
    await run.finished();
    expect(await stack.filesIn("set")).toEqual(["a", "b"]);
    await stack.unlocked();
    expect((await stack.resource("set"))?.outputs).toMatchObject({ files: { a: "1", b: "2" }, count: 2 });
  });

  test("is cancelled once when a signal reaches its whole process group, as timeout(1) sends it", async () => {
    const run = stack.project.startCoppice(up, { group: true });
    await stack.reached("b");
    run.terminateGroup();
    await stack.appears("cancelled");
    await stack.release("b");
    await run.finished();
    expect((await stack.resource("set"))?.outputs).toMatchObject({ count: 2 });
  });

  test("ends hard at the second signal, while the step in hand is still held", async () => {
    const run = stack.project.startCoppice(up);
    await stack.reached("b");
    run.signal("SIGTERM");
    await stack.appears("cancelled");
    run.signal("SIGTERM");
    expect((await run.finished()).code).not.toBe(0);
    expect(await stack.filesIn("set")).toEqual(["a"]);
  });

  test("ends when the command itself is killed, after the step in hand", async ({ skip }) => {
    skip(process.platform !== "linux", "only Linux tells a program of its parent's end");
    const run = stack.project.startCoppice(up, { outputFile: stack.path("output") });
    const plugin = await stack.reached("b");
    run.signal("SIGKILL");
    await stack.appears("cancelled");
    await stack.release("b");
    await processEnded(plugin);
    expect(await stack.filesIn("set")).toEqual(["a", "b"]);
  });
});
