import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../process/run-program.js";
import type { Tally } from "./tally.js";

const vitest = fileURLToPath(new URL("../../../../node_modules/vitest", import.meta.url));
const reporter = fileURLToPath(new URL("vitest-reporter.js", import.meta.url));
const head = `import { beforeAll, describe, expect, test } from ${JSON.stringify(join(vitest, "dist/index.js"))};\n`;
let folder: string;

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "coppice-vitest-"))));
afterAll(() => rmSync(folder, { recursive: true }));

async function tallyOf(name: string, body: string): Promise<Tally> {
  const tally = join(folder, `${name}.json`);
  writeFileSync(join(folder, `${name}.test.js`), head + body);
  const args = [
    join(vitest, "vitest.mjs"),
    "run",
    "--root",
    folder,
    `--reporter=${reporter}`,
    `${name}.test`,
  ];
  const env = {
    ...process.env,
    COPPICE_TALLY_FILE: tally,
    VITEST: "",
    VITEST_POOL_ID: "",
    VITEST_WORKER_ID: "",
  };
  const result = await runProgram(process.execPath, args, { env, timeoutMs: 50_000 });
  expect(result.code, result.stderr).not.toBeNull();
  // The reporter under test wrote it; the assertions compare every field.
  return JSON.parse(readFileSync(tally, "utf8")) as Tally;
}

test("passed tests are counted; failed ones are named with their error, skipped ones with the note they gave", async () => {
  const body = `test("good", () => {});
describe("one", () => test("bad", () => { throw new Error("first\\nsecond"); }));
test("needs root", ({ skip }) => skip("not root"));
test.skip("off", () => {});`;
  expect(await tallyOf("mixed", body)).toEqual({
    passed: 1,
    failed: [{ name: "mixed.test.js > one > bad", reason: "first" }],
    skipped: [
      { name: "needs root", reason: "not root" },
      { name: "off", reason: "no reason given" },
    ],
  });
});

test("a file that cannot be loaded, a hook that throws and an unhandled rejection are failures", async () => {
  const failed = async (name: string, body: string) => (await tallyOf(name, body)).failed;
  expect(await failed("unloadable", 'throw new Error("no");')).toEqual([
    { name: "unloadable.test.js", reason: "no" },
  ]);
  const hook = `describe("suite", () => { beforeAll(() => { throw new Error("no"); }); test("one", () => {}); });`;
  expect(await failed("hook", hook)).toEqual([{ name: "hook.test.js > suite", reason: "no" }]);
  const rejection = `test("one", () => void Promise.reject(new Error("lost")));`;
  expect(await failed("rejection", rejection)).toEqual([{ name: "outside any test", reason: "lost" }]);
});
