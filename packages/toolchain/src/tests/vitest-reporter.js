import { writeFileSync } from "node:fs";

/**
 * The parts of vitest's reporter API that we use, written down here because the toolchain imports no package.
 * @typedef {{ errors(): readonly unknown[] }} WithErrors
 * @typedef {{ state: "passed" | "failed" | "skipped" | "pending", note?: string }} TestResult
 * @typedef {{ fullName: string, result(): TestResult }} TestCase
 * @typedef {WithErrors & { children: { allTests(): Iterable<TestCase>, allSuites(): Iterable<WithErrors> } }} TestModule
 */

/**
 * Writes a tally (`tally.js`) of a vitest run to the file named in COPPICE_TALLY_FILE. vitest's own JSON report
 * leaves out why a test was skipped and what went wrong outside any test.
 */
export class TallyReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const file = process.env["COPPICE_TALLY_FILE"];
    if (file) writeFileSync(file, JSON.stringify(tallyOf(modules, unhandled)));
  }
}

// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter file by its default export.
export default TallyReporter;

/**
 * @param {readonly TestModule[]} modules
 * @param {readonly unknown[]} unhandled
 * @returns {import("./tally.js").Tally}
 */
export function tallyOf(modules, unhandled) {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const results = tests.map((test) => ({ name: test.fullName, ...test.result() }));
  const skipped = results.filter(({ state }) => state === "skipped");
  const failed = results.filter(({ state }) => state === "failed" || state === "pending");
  return {
    passed: results.filter(({ state }) => state === "passed").length,
    failed: failed.length + brokenAround(modules) + unhandled.length,
    skipped: skipped.map(({ name, note }) => ({ name, reason: note || "no reason given" })),
  };
}

/**
 * Files that could not be loaded and hooks that threw: their tests never ran.
 * @param {readonly TestModule[]} modules
 */
function brokenAround(modules) {
  const holders = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  return holders.filter((holder) => holder.errors().length > 0).length;
}
