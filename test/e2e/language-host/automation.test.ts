import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { leftProcesses } from "./left-processes.ts";
import { makeStage, type Stage, writeProject } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});
afterEach(async () => {
  expect(await leftProcesses(stage.marker)).toEqual([]);
});
afterAll(() => stage.remove());

function environment(project: string): Record<string, string> {
  const entries = Object.entries({ ...stage.env, PULUMI_BACKEND_URL: `file://${join(project, ".state")}` });
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
}

async function pulumiCommand(): Promise<PulumiCommand> {
  return PulumiCommand.get({ root: join(stage.folder, "..") });
}

describe("the Automation API", () => {
  test("runs a local program through the language host", async () => {
    const project = await writeProject(stage, join(stage.folder, "local"), {
      "index.js": "export const answer = 42;",
    });
    const options = { envVars: environment(project), pulumiCommand: await pulumiCommand() };
    const stack = await LocalWorkspace.selectStack({ stackName: "dev", workDir: project }, options);
    const { outputs, summary } = await stack.up();
    expect(outputs["answer"]?.value).toBe(42);
    expect(summary.result).toBe("succeeded");
  });

  test("reports the error of a local program", async () => {
    const project = await writeProject(stage, join(stage.folder, "failing"), {
      "index.js": 'throw new Error("no luck");',
    });
    const options = { envVars: environment(project), pulumiCommand: await pulumiCommand() };
    const stack = await LocalWorkspace.selectStack({ stackName: "dev", workDir: project }, options);
    await expect(stack.up()).rejects.toThrow(/no luck/);
  });

  test("runs an inline program in its own process", async () => {
    const project = await writeProject(stage, join(stage.folder, "inline"), {});
    const program: PulumiFn = () => Promise.resolve({ answer: process.pid });
    const options = { envVars: environment(project), pulumiCommand: await pulumiCommand(), workDir: project };
    const stack = await LocalWorkspace.selectStack(
      { stackName: "dev", projectName: "sample", program },
      options,
    );
    const { outputs } = await stack.up();
    expect(outputs["answer"]?.value).toBe(process.pid);
  });
});
