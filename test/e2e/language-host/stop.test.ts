import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { canLook, leftProcesses, markedProcesses } from "./left-processes.ts";
import { startPulumi, up } from "./pulumi.ts";
import { isForeignHost, makeStage, type Stage, writeProject } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});
afterEach(async () => {
  expect(await leftProcesses(stage.marker)).toEqual([]);
});
afterAll(() => stage.remove());

/** Never ends by itself, and has a child that Ctrl-C does not reach. */
const endless = `
  import { spawn } from "node:child_process";
  spawn("sh", ["-c", "trap '' INT; while :; do sleep 1; done"], { stdio: "inherit" });
  setInterval(() => {}, 1_000);
  console.log("the program is running");`;

async function startEndless(name: string, prelude = "") {
  const project = await writeProject(stage, join(stage.folder, name), { "index.js": prelude + endless });
  const pulumi = startPulumi(stage, project, up);
  await pulumi.printed("the program is running");
  // One, or two for the moment in which the shell has forked its `sleep`.
  const children = markedProcesses(stage.marker).filter((line) => line.includes("trap"));
  if (canLook) expect(children).not.toHaveLength(0);
  return pulumi;
}

describe("stopping an `up`", () => {
  test("by Ctrl-C ends the program and everything that it started", async () => {
    const { child, ended } = await startEndless("interrupted");
    child.kill("SIGINT");
    const { code, output } = await ended;
    expect(output).toMatch(/update cancell?ed|cancell?ation/i);
    expect(code).not.toBe(0);
  });

  test("by Ctrl-C ends a program that will not hear of it", async () => {
    const { child, ended } = await startEndless("deaf", 'process.on("SIGINT", () => {});\n');
    child.kill("SIGINT");
    expect((await ended).code).not.toBe(0);
  });

  test("by killing the engine ends host and program too", async ({ skip }) => {
    skip(isForeignHost, "the official host leaves such a program running, so only ours has to pass");
    const { child, ended } = await startEndless("orphaned", 'process.on("SIGINT", () => {});\n');
    child.kill("SIGKILL");
    await ended;
  });
});

test("a program that leaves a child behind ends, and its child with it", async () => {
  const program = `
    import { spawn } from "node:child_process";
    spawn("sleep", ["600"], { stdio: "ignore" }).unref();
    export const done = true;`;
  const project = await writeProject(stage, join(stage.folder, "parent"), { "index.js": program });
  const { code, output } = await startPulumi(stage, project, up).ended;
  expect(output).toContain("done: true");
  expect(code).toBe(0);
});
