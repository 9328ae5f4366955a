/**
 * What each root script needs and runs. Paths are relative to the checkout and run by Node 24.
 * @typedef {object} Task
 * @property {boolean} engine Whether it needs the Pulumi engine and the system tools.
 * @property {readonly string[]} [script] The file it runs, with fixed arguments.
 * @property {boolean} [tests] Whether it is the whole test run.
 */

/** The root scripts. @type {Readonly<Record<string, Task>>} */
export const TASKS = {
  setup: { engine: true },
  build: { engine: false },
  check: { engine: false, script: ["test/architecture/run-checks.ts"] },
  test: { engine: true, tests: true },
  bench: { engine: true, script: ["test/bench/run.ts"] },
  conformance: { engine: true, script: ["test/fidelity/conformance/run.ts"] },
  demo: { engine: true, script: ["packages/cli/bin/coppice.js", "demo"] },
  generate: { engine: false, script: ["generate/generate.ts"] },
  link: { engine: false, script: ["packages/toolchain/bin/link.js"] },
};
