import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeStage, type Stage, writeProject } from "../language-host/stage.ts";

/** Says how each of two runs ended: one of a wrong program, and one of a right one in the same process. */
const script = `import { LabClass } from "@coppice/components";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";

const program = (seats) => async () => {
  const right = { template: { vmid: 9000 }, storage: "nas", vmids: { from: 20000, to: 20999 } };
  return seats === undefined ? {} : { seats: new LabClass("lab", { ...right, seats }).seats };
};
const pulumiCommand = await PulumiCommand.get({ root: process.env.ENGINE });
const names = { stackName: "dev", projectName: "sample" };
for (const seats of ["3", undefined]) {
  const options = { pulumiCommand, workDir: process.cwd() };
  const stack = await LocalWorkspace.selectStack({ ...names, program: program(seats) }, options);
  await stack.up().then(
    () => console.log("done"),
    (error) => console.log("refused:", error.message),
  );
}
`;

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});
afterAll(() => stage.remove());

test("an inline program of the Automation API ends with its mistakes, and leaves its process fit for the next", async () => {
  const project = await writeProject(stage, join(stage.folder, "inline"), { "run.mjs": script });
  const env = {
    ...stage.env,
    PULUMI_BACKEND_URL: `file://${join(project, ".state")}`,
    ENGINE: join(stage.folder, ".."),
  };
  const run = promisify(execFile)(process.execPath, ["run.mjs"], { cwd: project, env, timeout: 60_000 });
  const [refused, done] = (await run).stdout.split(/^(?=done)/m);
  expect(refused).toContain(`LabClass 'lab': 'seats' is "3", a text; write a whole number like 25`);
  expect(done).toBe("done\n");
}, 90_000);
