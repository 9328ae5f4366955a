import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ToolchainError } from "../base/toolchain-error.js";
import { assertEnginePossible } from "../engine/assert-engine-possible.js";
import { ensureEngine } from "../engine/ensure-engine.js";
import { toolEnvironment } from "../environment/tool-environment.js";
import { runAttached } from "../process/run-attached.js";
import { ensureSystemTools } from "../system-tools/ensure-system-tools.js";
import { runTests } from "../tests/run-tests.js";
import { prepareCheckout } from "./prepare-checkout.js";
import { TASKS } from "./task-table.js";

/**
 * Runs one of the root scripts: first makes what it needs, then the thing itself.
 * @param {import("../base/host.js").Host} host
 * @param {string} root The checkout.
 * @param {string} name
 * @param {readonly string[]} args What the user typed after `--`.
 * @returns {Promise<number>} The exit code.
 */
export async function runTask(host, root, name, args) {
  const task = taskNamed(name);
  const node = await prepare(host, root, task);
  if (!task.script && !task.tests) {
    host.report.line(`${name}: everything is in place`);
    return 0;
  }
  const env = await environment(host, root, task);
  if (task.tests) return await runTests({ root, node, env, report: host.report }, args);
  const [file = "", ...fixed] = task.script ?? [];
  if (!existsSync(join(root, file))) throw absent(name, file);
  return await runAttached(node, [join(root, file), ...fixed, ...args], { cwd: root, env });
}

/**
 * What only the user can put right comes first: an engine that cannot be made, system tools that we may not install.
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 * @param {import("./task-table.js").Task} task
 */
async function prepare(host, root, task) {
  if (task.engine) {
    await assertEnginePossible(host);
    await ensureSystemTools(host);
  }
  const node = await prepareCheckout(host, root);
  if (task.engine) await ensureEngine(host);
  return node.path;
}

/**
 * Programs that a script starts by name are those of the checkout, Node included.
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 * @param {import("./task-table.js").Task} task
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function environment(host, root, task) {
  if (task.engine) return (await toolEnvironment({ cwd: root, env: host.env, host })).env;
  return { ...host.env, PATH: [join(root, "node_modules", ".bin"), host.env["PATH"]].join(delimiter) };
}

/** @param {string} name */
function taskNamed(name) {
  const task = TASKS[name];
  if (task) return task;
  const wayOut = `The scripts are: ${Object.keys(TASKS).join(", ")}.`;
  throw new ToolchainError({ what: `there is no script "${name}"`, wayOut });
}

/**
 * @param {string} name
 * @param {string} file
 */
function absent(name, file) {
  return new ToolchainError({
    what: `npm run ${name} has nothing to run`,
    why: `${file} does not exist in this checkout`,
    wayOut: "Restore that file (git status shows what is missing).",
  });
}
