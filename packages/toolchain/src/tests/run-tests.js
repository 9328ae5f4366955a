import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runAttached } from "../process/run-attached.js";
import { closingLines, sumOf, tallyOfChecks, tallyOfVitest } from "./tally.js";

const REPORTER = fileURLToPath(new URL("vitest-reporter.js", import.meta.url));
/** Suites that start the engine; everything else is quick and runs first. */
const SLOW = ["test/e2e", "test/fidelity", "test/upgrade"];
const UNIT_ARGS = ["--passWithNoTests", ...SLOW.flatMap((folder) => ["--exclude", `${folder}/**`])];
const SLOW_ARGS = ["--passWithNoTests", ...SLOW.map((folder) => `${folder}/`)];
const INTERRUPTED = [130, 143];

/**
 * @typedef {{ root: string, node: string, env: NodeJS.ProcessEnv, report: import("../console/reporter.js").Reporter }} TestRun
 * @typedef {import("./tally.js").Tally} Tally
 */

/**
 * Everything: the checks, the quick tests, then those that start the engine. Ends with the one line that counts.
 * With arguments only vitest runs, and gets them.
 * @param {TestRun} run
 * @param {readonly string[]} args
 * @returns {Promise<number>} The exit code.
 */
export async function runTests(run, args) {
  const parts = args.length > 0 ? [() => vitest(run, args)] : everything(run);
  /** @type {Tally[]} */
  const tallies = [];
  for (const part of parts) {
    const { code, tally } = await part();
    if (INTERRUPTED.includes(code)) return code;
    tallies.push(tally);
  }
  const total = sumOf(tallies);
  process.stdout.write(`\n${closingLines(total).join("\n")}\n`);
  return total.failed.length > 0 ? 1 : 0;
}

/** @param {TestRun} run */
function everything(run) {
  return [() => checks(run), () => vitest(run, UNIT_ARGS), () => vitest(run, SLOW_ARGS)];
}

/** @param {TestRun} run */
async function checks({ root, node, env, report }) {
  report.line("test: the checks (npm run check)");
  let output = "";
  const onOutput = (/** @type {string} */ text) => void (output += text);
  const script = join(root, "test", "architecture", "run-checks.ts");
  const code = await runAttached(node, [script], { cwd: root, env, onOutput });
  return { code, tally: tallyOfChecks(output, code) };
}

/**
 * @param {TestRun} run
 * @param {readonly string[]} args
 */
async function vitest({ root, node, env, report }, args) {
  report.line(`test: vitest ${args.join(" ")}`);
  const folder = mkdtempSync(join(tmpdir(), "coppice-tally-"));
  const file = join(folder, "tally.json");
  const runner = join(root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", `--reporter=${REPORTER}`];
  const code = await runAttached(node, [runner, "run", ...reporters, ...args], {
    cwd: root,
    env: { ...env, COPPICE_TALLY_FILE: file },
  });
  const tally = tallyOfVitest(textOf(file), code);
  rmSync(folder, { recursive: true });
  return { code, tally };
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The runner died before it wrote: counted as a failure.
    return undefined;
  }
}
