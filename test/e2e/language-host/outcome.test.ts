import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { leftProcesses } from "./left-processes.ts";
import { type Run, runPulumi, up } from "./pulumi.ts";
import { type Files, makeStage, type Stage, writeProject } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});
afterEach(async () => {
  expect(await leftProcesses(stage.marker)).toEqual([]);
});
afterAll(() => stage.remove());

let projects = 0;
async function upWith(files: Files, settings = "", ...args: string[]): Promise<Run> {
  projects += 1;
  const project = await writeProject(stage, join(stage.folder, `program-${projects}`), files, settings);
  return runPulumi(stage, project, [...up, ...args]);
}

/** How often a text stands in the output. */
function count(output: string, text: string): number {
  return output.split(text).length - 1;
}

describe("a program that succeeds", () => {
  test("gets its configuration, its names and its arguments, and its exports become outputs", async () => {
    const program = `
      import * as pulumi from "@pulumi/pulumi";
      const config = new pulumi.Config();
      export const greeting = config.require("greeting");
      export const secret = config.requireSecret("token").apply((token) => token.length);
      export const names = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
      export const folder = process.cwd();`;
    const { code, output } = await upWith(
      { "index.js": program },
      "",
      "-c",
      "greeting=hello world",
      "-c",
      "token=abc",
    );
    expect(output).toContain('greeting: "hello world"');
    expect(output).toContain('names   : "organization/sample/dev"');
    expect(output).toContain(`folder  : "${join(stage.folder, `program-${projects}`)}"`);
    expect(code).toBe(0);
  });

  test("may be TypeScript that Node itself runs, in the folder that `main` names", async () => {
    const program = "interface Answer { value: number }\nexport const answer: Answer = { value: 42 };";
    const files = { "infra/index.ts": program, "infra/package.json": '{ "type": "module" }' };
    const { code, output } = await upWith(files, "main: infra");
    expect(output).toMatch(/answer: \{\s+value: 42/);
    expect(code).toBe(0);
  });

  test("may be a CommonJS file that `main` of package.json names", async () => {
    const files = { "package.json": '{ "main": "lib/stack.js" }', "lib/stack.js": "exports.answer = 42;" };
    const { code, output } = await upWith(files);
    expect(output).toContain("answer: 42");
    expect(code).toBe(0);
  });

  test("is started with the runtime option `nodeargs`", async () => {
    const program = 'export const limits = process.execArgv.join(" ") + process.title;';
    const settings =
      "runtime: { name: nodejs, options: { typescript: false, nodeargs: '--title=\"two words\"' } }";
    const { output } = await upWith({ "index.js": program }, settings);
    expect(output).toContain('limits: "--title=two wordstwo words"');
  });

  test("may write a lot, and every line arrives", async () => {
    const program = `
      for (let line = 0; line < 2_000; line++) {
        console.log("out line " + line + "x".repeat(200));
        console.error("err line " + line + "x".repeat(200));
      }`;
    const { code, output } = await upWith({ "index.js": program });
    expect([count(output, "out line 1999x"), count(output, "err line 1999x")]).toEqual([2, 2]);
    expect(new Set(output.match(/(out|err) line \d+x/g)).size).toBe(4_000);
    expect(code).toBe(0);
  });
});

describe("a program that fails", () => {
  test("by throwing shows its message once per place, with the stack of the program", async () => {
    const { code, output } = await upWith({
      "index.js": 'function build() { throw new Error("no luck"); }\nbuild();',
    });
    expect(output).toMatch(/error: Running program '.+program-\d+' failed with an unhandled exception:/);
    expect(output).toMatch(/Error: no luck\n\s+at build \(file:.+index\.js:1:/);
    expectSaidOnce(output, "Error: no luck");
    expect(output).not.toContain("exited with non-zero exit code");
    expect(code).not.toBe(0);
  });

  test("by a rejected promise shows its reason once per place", async () => {
    const { code, output } = await upWith({
      "index.js": 'void Promise.reject(new Error("broken promise"));',
    });
    expect(output).toContain("failed with an unhandled exception");
    expectSaidOnce(output, "Error: broken promise");
    expect(code).not.toBe(0);
  });

  test("by a syntax error shows the line, without frames of Node", async () => {
    const { code, output } = await upWith({
      "package.json": "{}",
      "index.js": "const a = 1;\nconst 2b = 3;",
    });
    expect(output).toMatch(/index\.js:2\s+const 2b = 3;/);
    expectSaidOnce(output, "SyntaxError: Invalid or unexpected token");
    expect(output).not.toContain("node:internal");
    expect(code).not.toBe(0);
  });

  test("by a dependency that is not installed names it", async () => {
    const { code, output } = await upWith({ "index.js": 'import "@lab/not-installed";' });
    expectSaidOnce(output, "Cannot find package '@lab/not-installed'");
    expect(code).not.toBe(0);
  });

  test("by an entry point that does not exist says which", async () => {
    const { code, output } = await upWith({ "package.json": "{}" });
    expect(output).toContain("We failed to locate the entry point for your program");
    expect(output).toContain("Your program's 'main' file");
    expect(code).not.toBe(0);
  });

  test("by process.exit(3) shows that code", async () => {
    const { code, output } = await upWith({ "index.js": "process.exit(3);" });
    expectSaidOnce(output, "Program exited with non-zero exit code: 3");
    expect(code).not.toBe(0);
  });

  test("by running out of memory is told how to get more", async () => {
    const program = 'const all = []; for (;;) all.push(new Array(1e5).fill("x"));';
    const settings =
      "runtime: { name: nodejs, options: { typescript: false, nodeargs: --max-old-space-size=64 } }";
    const { code, output } = await upWith({ "index.js": program }, settings);
    expect(output).toContain("Detected a possible out of memory error");
    expect(code).not.toBe(0);
  });

  test("because the SDK is not installed says what to type", async () => {
    const folder = join(stage.bareFolder, "no-sdk");
    const { code, output } = await runPulumi(
      stage,
      await writeProject(stage, folder, { "index.js": "" }),
      up,
    );
    expect(output).toContain(
      "It looks like the Pulumi SDK has not been installed. Have you run pulumi install?",
    );
    expect(code).not.toBe(0);
  });

  test("because of a wrong runtime option says which", async () => {
    const settings = "runtime: { name: nodejs, options: { typescript: 7 } }";
    const { code, output } = await upWith({ "index.js": "" }, settings);
    expect(output).toContain("typescript option must be a boolean");
    expect(code).not.toBe(0);
  });
});

/** The engine prints each diagnostic twice: when it happens, and in the summary. */
function expectSaidOnce(output: string, text: string): void {
  const summary = output.slice(output.lastIndexOf("Diagnostics:"));
  expect(count(summary, text), output).toBe(1);
}
