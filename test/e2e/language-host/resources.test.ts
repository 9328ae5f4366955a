import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { leftProcesses } from "./left-processes.ts";
import { runPulumi, up } from "./pulumi.ts";
import { makeStage, type Stage, writeProject } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});
afterEach(async () => {
  expect(await leftProcesses(stage.marker)).toEqual([]);
});
afterAll(() => stage.remove());

/** Each creation waits for the other 24, so they finish only when all run at the same time. */
const meeting = `
  const pulumi = require("@pulumi/pulumi");
  class Seat extends pulumi.dynamic.Resource {
    constructor(name) {
      super({ create: async () => {
        const meeting = (globalThis.meeting ??= { count: 0, waiting: [] });
        meeting.count += 1;
        if (meeting.count === 25) meeting.waiting.forEach((go) => go());
        else await new Promise((go) => meeting.waiting.push(go));
        return { id: name, outs: {} };
      } }, name, {});
    }
  }
  exports.ids = pulumi.all(Array.from({ length: 25 }, (_, seat) => new Seat("seat-" + seat).id))
    .apply((ids) => ids.length);`;

test("25 resources are created at the same time and deleted again", async () => {
  const project = await writeProject(stage, join(stage.folder, "meeting"), {
    "package.json": '{ "dependencies": { "@pulumi/pulumi": "*" } }',
    "index.js": meeting,
  });
  const created = await runPulumi(stage, project, [...up, "--parallel", "25"]);
  expect(created.output).toContain("ids: 25");
  expect(created.output).toContain("+ 26 created");
  expect(created.code).toBe(0);
  const destroyed = await runPulumi(stage, project, ["destroy", "--yes", "--skip-preview", "--stack", "dev"]);
  expect(destroyed.output).toContain("- 26 deleted");
  expect(destroyed.code).toBe(0);
});
