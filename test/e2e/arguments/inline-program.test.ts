import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeStage, type Stage, writeProject } from "../language-host/stage.ts";

/**
 * Says how each of three runs in one process ended, and whether what the first declared is still there: a right program, a
 * wrong one that declares another thing and exports nothing of it, and a right one again.
 */
const script = `import { LabClass } from "@coppice/components";
import { ComponentResource } from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";

const right = { template: { vmid: 9000 }, storage: "nas", vmids: { from: 20000, to: 20999 } };
const keep = async () => void new ComponentResource("test:index:Keep", "keep");
const wrong = async () => void new LabClass("lab", { ...right, seats: "3" });
const pulumiCommand = await PulumiCommand.get({ root: process.env.ENGINE });
const names = { stackName: "dev", projectName: "sample" };
for (const program of [keep, wrong, keep]) {
  const options = { pulumiCommand, workDir: process.cwd() };
  const stack = await LocalWorkspace.createOrSelectStack({ ...names, program }, options);
  const end = await stack.up().then(
    () => "done",
    (error) => "refused: " + error.message,
  );
  const { resources } = (await stack.exportStack()).deployment;
  const isKept = resources.some(({ urn }) => urn.endsWith("::keep"));
  console.log(JSON.stringify({ end, isKept }));
}
`;

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});
afterAll(() => stage.remove());

test("an inline program of the Automation API ends with its mistakes, removes nothing, and leaves its process fit for the next", async () => {
  const project = await writeProject(stage, join(stage.folder, "inline"), { "run.mjs": script });
  const env = {
    ...stage.env,
    PULUMI_BACKEND_URL: `file://${join(project, ".state")}`,
    ENGINE: join(stage.folder, ".."),
  };
  const run = promisify(execFile)(process.execPath, ["run.mjs"], { cwd: project, env, timeout: 60_000 });
  const ends = (await run).stdout
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  const mistake = `LabClass 'lab': 'seats' is "3", a text; write a whole number like 25`;
  expect(ends).toEqual([
    { end: "done", isKept: true },
    { end: expect.stringContaining(mistake), isKept: true },
    { end: "done", isKept: true },
  ]);
}, 90_000);
