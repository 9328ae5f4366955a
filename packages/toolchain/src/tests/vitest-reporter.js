import { writeFileSync } from "node:fs";

/**
 * The parts of vitest's reporter API that we use, written down here because the toolchain imports no package.
 * @typedef {{ message?: string }} Thrown
 * @typedef {{ errors(): readonly Thrown[] }} WithErrors
 * @typedef {{ state: "passed" | "failed" | "skipped" | "pending", note?: string, errors?: readonly Thrown[] }} TestResult
 * @typedef {{ fullName: string, result(): TestResult }} TestCase
 * @typedef {WithErrors & { fullName: string }} TestSuite
 * @typedef {{ allTests(): Iterable<TestCase>, allSuites(): Iterable<TestSuite> }} Children
 * @typedef {WithErrors & { relativeModuleId: string, children: Children }} TestModule
 * @typedef {import("./tally.js").Told} Told
 */

/**
 * Writes a tally (`tally.js`) of a vitest run to the file named in COPPICE_TALLY_FILE. vitest's own JSON report
 * leaves out why a test was skipped and what went wrong outside any test.
 */
export class TallyReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly Thrown[]} unhandled
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
 * @param {readonly Thrown[]} unhandled
 * @returns {import("./tally.js").Tally}
 */
export function tallyOf(modules, unhandled) {
  const results = modules.flatMap(resultsOf);
  const skipped = results.filter(({ state }) => state === "skipped");
  const failed = results.filter(({ state }) => state === "failed" || state === "pending");
  return {
    passed: results.filter(({ state }) => state === "passed").length,
    failed: [
      ...failed.map(({ place, errors }) => told(place, errors)),
      ...modules.flatMap(brokenAround),
      ...unhandled.map((error) => told("outside any test", [error])),
    ],
    skipped: skipped.map(({ name, note }) => ({ name, reason: note || "no reason given" })),
  };
}

/** @param {TestModule} module */
function resultsOf({ relativeModuleId, children }) {
  return [...children.allTests()].map((test) => ({
    name: test.fullName,
    place: `${relativeModuleId} > ${test.fullName}`,
    ...test.result(),
  }));
}

/**
 * Files that could not be loaded and hooks that threw: their tests never ran.
 * @param {TestModule} module
 */
function brokenAround(module) {
  const file = module.relativeModuleId;
  const suites = [...module.children.allSuites()];
  return [
    { name: file, errors: module.errors() },
    ...suites.map((suite) => ({ name: `${file} > ${suite.fullName}`, errors: suite.errors() })),
  ]
    .filter(({ errors }) => errors.length > 0)
    .map(({ name, errors }) => told(name, errors));
}

/**
 * @param {string} name
 * @param {readonly Thrown[]} [errors]
 * @returns {Told}
 */
function told(name, errors) {
  return { name, reason: errors?.[0]?.message?.split("\n")[0] || "no message" };
}
