import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { leftProcesses } from "./left-processes.ts";
import { runPulumi } from "./pulumi.ts";
import { makeStage, type Stage, writeFiles, writeProject } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});
afterEach(async () => {
  expect(await leftProcesses(stage.marker)).toEqual([]);
});
afterAll(() => stage.remove());

const program = `
  import * as pulumi from "@pulumi/pulumi";
  class Machine extends pulumi.ComponentResource {
    constructor(name) { super("lab:index:Machine", name, {}); this.registerOutputs({}); }
  }
  new Machine("seat-1");`;

/** A pack with one rule that every machine breaks; what it says is computed while the pack loads. */
function pack(name: string, message: string, level = "mandatory"): string {
  return `
    const pulumi = require("@pulumi/pulumi");
    const { PolicyPack } = require("@pulumi/policy");
    const message = ${message};
    new PolicyPack("${name}", { policies: [{
      name: "no-machines", description: "Machines are not allowed.", enforcementLevel: "${level}",
      validateResource: (args, report) => { if (args.type === "lab:index:Machine") report(message); },
    }] });`;
}

/** Previews the program under packs, with `lab:owner` configured. */
async function previewUnder(name: string, packs: Readonly<Record<string, string>>, parent = stage.folder) {
  const project = await writeProject(stage, join(stage.folder, name), { "index.js": program });
  const folders = Object.entries(packs).map(async ([packName, source]) => {
    const folder = join(parent, `${name}-${packName}`);
    await writeFiles(folder, {
      "PulumiPolicy.yaml": "runtime: { name: nodejs, options: { typescript: false } }\nversion: 0.1.0\n",
      "package.json": `{ "name": "${packName}", "version": "0.1.0", "main": "index.js" }`,
      "index.js": source,
    });
    return ["--policy-pack", folder];
  });
  const flags = (await Promise.all(folders)).flat();
  return runPulumi(stage, project, ["preview", "--stack", "dev", "-c", "lab:owner=ada", ...flags]);
}

describe("a policy pack", () => {
  test("stops a preview that breaks a mandatory rule", async () => {
    const { code, output } = await previewUnder("one", { quota: pack("quota", '"too many machines"') });
    expect(output).toMatch(
      /quota@v0\.1\.0.+\n\s+- \[mandatory\]\s+no-machines\s+\(lab:index:Machine: seat-1\)/,
    );
    expect(output).toContain("too many machines");
    expect(code).not.toBe(0);
  });

  test("lets an advisory rule pass with a remark", async () => {
    const { code, output } = await previewUnder("advice", {
      hints: pack("hints", '"think again"', "advisory"),
    });
    expect(output).toContain("think again");
    expect(code).toBe(0);
  });

  test("runs beside a second one, and both are heard", async () => {
    const packs = {
      quota: pack("quota", '"too many machines"'),
      baseline: pack("baseline", '"wrong bridge"'),
    };
    const { code, output } = await previewUnder("two", packs);
    expect(output).toContain("too many machines");
    expect(output).toContain("wrong bridge");
    expect(code).not.toBe(0);
  });

  test("knows the stack and its configuration while it loads", async () => {
    const where =
      '[pulumi.getProject(), pulumi.getStack(), new pulumi.Config("lab").require("owner")].join("/")';
    const { output } = await previewUnder("names", { names: pack("names", where) });
    expect(output).toContain("sample/dev/ada");
  });

  test("that cannot be loaded ends the preview with its own error", async () => {
    const { code, output } = await previewUnder("broken", {
      broken: 'throw new Error("the pack is broken");',
    });
    expect(output).toContain("the pack is broken");
    expect(code).not.toBe(0);
  });

  test("without its packages says what to type", async () => {
    const source = pack("bare", '"never said"');
    const { code, output } = await previewUnder("bare", { bare: source }, stage.bareFolder);
    expect(output).toMatch(/Pulumi SDK has not been installed|dependencies are not installed/);
    expect(code).not.toBe(0);
  });
});
