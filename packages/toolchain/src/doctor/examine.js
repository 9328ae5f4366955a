import { thisHost } from "../base/host.js";
import { reasonOf } from "../base/toolchain-error.js";
import { findNode } from "../node/find-node.js";
import { findExecutable } from "../process/find-executable.js";
import { runProgram } from "../process/run-program.js";
import { installCommand } from "../system-tools/ensure-system-tools.js";
import { findSystemTool, SYSTEM_TOOLS } from "../system-tools/system-tools.js";
import { examineEngine } from "./examine-engine.js";

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
 * @typedef {import("../base/host.js").Host} Host
 */

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
    examineEngine(host, cwd),
  ]);
  const tools = await Promise.all(SYSTEM_TOOLS.map((tool) => examineSystemTool(host, tool)));
  return [node, npm, ...engine, ...tools];
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
