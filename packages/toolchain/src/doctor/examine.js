import { dirname, join } from "node:path";
import { findEngine } from "../engine/find-engine.js";
import { goVersion } from "../go/usable-go.js";
import { thisHost } from "../host.js";
import { findNode } from "../node/find-node.js";
import { findExecutable } from "../process/find-executable.js";
import { runProgram } from "../process/run-program.js";
import { installCommand } from "../system-tools/ensure-system-tools.js";
import { findSystemTool, SYSTEM_TOOLS } from "../system-tools/system-tools.js";
import { toolEnvironment } from "../tool-environment.js";
import { reasonOf } from "../toolchain-error.js";
import { isAtLeast, OLDEST_GO } from "../versions.js";

/**
 * One part of the toolchain as it was found.
 * @typedef {object} Part
 * @property {string} name
 * @property {"found" | "missing" | "not needed"} state
 * @property {string} [where]
 * @property {string} [version]
 * @property {string} [why] Why this one, or what it is for.
 * @property {string} [advice] What to do about a missing part, in one line.
 *
 * @typedef {import("../host.js").Host} Host
 */

const MAKE_ENGINE = "type `npm run setup` in a checkout, or `npx coppice pulumi version`: both make one";

/**
 * Looks for each part and says where it was found, or what to do about it. Makes and changes nothing.
 * @param {{ cwd?: string, host?: Partial<Host> }} [options]
 * @returns {Promise<Part[]>}
 */
export async function examine({ cwd = process.cwd(), host: parts = {} } = {}) {
  const host = thisHost(parts);
  const [node, npm, engine] = await Promise.all([
    examineNode(host, cwd),
    examineNpm(host),
    examineEngine(host),
  ]);
  const engineParts = await examineEngineParts(host, cwd);
  const go = await examineGo(host, engine.state === "found");
  const tools = await Promise.all(SYSTEM_TOOLS.map((tool) => examineSystemTool(host, tool)));
  return [node, npm, go, engine, ...engineParts, ...tools];
}

/**
 * @param {Host} host
 * @param {string} cwd
 * @returns {Promise<Part>}
 */
async function examineNode(host, cwd) {
  try {
    const { path, version, why } = await findNode(host, cwd);
    return { name: "Node", state: "found", where: path, version, why };
  } catch (error) {
    return { name: "Node", state: "missing", advice: reasonOf(error).replaceAll("\n", " ") };
  }
}

/**
 * @param {Host} host
 * @returns {Promise<Part>}
 */
async function examineNpm({ env }) {
  const where = findExecutable("npm", env["PATH"]);
  if (!where) return { name: "npm", state: "missing", advice: "install npm: it comes with Node" };
  const { stdout } = await runProgram(where, ["--version"], { env, timeoutMs: 10_000 });
  return { name: "npm", state: "found", where, version: stdout.trim(), why: "first on PATH" };
}

/**
 * @param {Host} host
 * @param {boolean} haveEngine
 * @returns {Promise<Part>}
 */
async function examineGo(host, haveEngine) {
  if (haveEngine) return { name: "Go", state: "not needed", why: "the engine is there" };
  const where = findExecutable("go", host.env["PATH"]);
  const version = where ? await goVersion(host, where) : "";
  const why = "builds the engine where its download cannot be reached";
  if (where && isAtLeast(version, OLDEST_GO)) return { name: "Go", state: "found", where, version, why };
  const advice =
    "install the Pulumi CLI, or Go (https://go.dev/doc/install) to build the engine without internet";
  return { name: "Go", state: "missing", ...(where ? { where, version } : {}), advice };
}

/**
 * @param {Host} host
 * @returns {Promise<Part>}
 */
async function examineEngine(host) {
  const { found: engine } = await findEngine(host);
  if (!engine) return { name: "Pulumi engine", state: "missing", advice: MAKE_ENGINE };
  const { pulumi, version, why } = engine;
  return { name: "Pulumi engine", state: "found", where: pulumi, version, why };
}

/**
 * What the engine starts: all of it is searched as the engine does, on the PATH that it would get.
 * @param {Host} host
 * @param {string} cwd
 * @returns {Promise<Part[]>}
 */
async function examineEngineParts(host, cwd) {
  const { found: engine } = await findEngine(host);
  if (!engine) return [missingWithEngine("language host"), missingWithEngine("dynamic provider launcher")];
  const { env } = await toolEnvironment({ cwd, env: host.env, host });
  const own = engine.source === "build" ? "ours, because the engine was built" : "belongs to the engine";
  const host_ = { name: "language host", where: engine.languageHost, why: own };
  return [
    { ...host_, state: "found" },
    onPath(
      "dynamic provider launcher",
      "pulumi-resource-pulumi-nodejs",
      env,
      "install the Pulumi CLI completely",
    ),
    onPath(
      "coppice plugin",
      "pulumi-resource-coppice",
      env,
      "type npm install @coppice/provider (in a checkout: npm run setup)",
    ),
  ];
}

/**
 * @param {string} name
 * @returns {Part}
 */
function missingWithEngine(name) {
  return { name, state: "missing", advice: "comes with the engine" };
}

/**
 * @param {string} name
 * @param {string} executable
 * @param {NodeJS.ProcessEnv} env
 * @param {string} advice
 * @returns {Part}
 */
function onPath(name, executable, env, advice) {
  const where = findExecutable(executable, env["PATH"]);
  if (!where) return { name, state: "missing", advice };
  const beside = where === join(dirname(findExecutable("pulumi", env["PATH"]) ?? ""), executable);
  return { name, state: "found", where, why: beside ? "beside the engine" : "first on the engine's PATH" };
}

/**
 * @param {Host} host
 * @param {import("../system-tools/system-tools.js").SystemToolFacts} tool
 * @returns {Promise<Part>}
 */
async function examineSystemTool(host, { executable, use }) {
  const where = findSystemTool(executable, host);
  if (where)
    return {
      name: executable,
      state: "found",
      where,
      version: await toolVersion(where, executable),
      why: use,
    };
  const command = installCommand(host, [executable]);
  return {
    name: executable,
    state: "missing",
    advice: command ? `type: ${command}` : `install ${executable}`,
  };
}

/**
 * @param {string} path
 * @param {import("../system-tools/system-tools.js").SystemTool} executable
 */
async function toolVersion(path, executable) {
  const { stdout, stderr } = await runProgram(path, [executable === "sshd" ? "-V" : "--version"], {
    timeoutMs: 5000,
  });
  return /(?:version |OpenSSH_)([\w.]+)/.exec(`${stdout}${stderr}`)?.[1] ?? "";
}
