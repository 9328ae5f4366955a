import { readdirSync, readFileSync } from "node:fs";
import { ToolchainError } from "../base/toolchain-error.js";
import { findExecutable } from "../process/find-executable.js";
import { lastLines, runProgram } from "../process/run-program.js";
import { FAMILIES, findSystemTool, SYSTEM_TOOLS } from "./system-tools.js";

/** @typedef {import("./system-tools.js").SystemTool} SystemTool */

/**
 * Makes sure that the tools which npm cannot bring are there. As root on Debian or Ubuntu they are installed;
 * anyone else gets the exact command to type.
 * @param {import("../base/host.js").Host} host
 * @returns {Promise<void>}
 */
export async function ensureSystemTools(host) {
  const missing = missingTools(host);
  if (missing.length === 0) return;
  const aptGet = findExecutable("apt-get", host.env["PATH"]);
  if (host.uid !== 0 || !aptGet || familyOf(host)?.ids[0] !== "debian") throw toolsMissing(host, missing);
  const text = `system tools: installing ${packagesFor(host, missing).join(" ")}, because ${missing.join(" and ")} cannot be found`;
  await host.report.during(text, (update) => aptInstall(host, aptGet, missing, update));
}

/**
 * @param {import("../base/host.js").Host} host
 * @returns {SystemTool[]}
 */
export function missingTools(host) {
  return SYSTEM_TOOLS.map((tool) => tool.executable).filter((name) => !findSystemTool(name, host));
}

/**
 * The command that installs tools here.
 * @param {import("../base/host.js").Host} host
 * @param {readonly SystemTool[]} tools
 * @returns {string | undefined} Undefined on a system that we do not know.
 */
export function installCommand(host, tools) {
  const family = familyOf(host);
  if (!family) return undefined;
  return `${host.uid === 0 ? "" : "sudo "}${family.command} ${packagesFor(host, tools).join(" ")}`;
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {SystemTool[]} missing
 */
function toolsMissing(host, missing) {
  const command = installCommand(host, missing);
  const what = `${missing.join(" and ")} cannot be found`;
  if (host.platform !== "linux") {
    return new ToolchainError({
      what,
      why: "the emulator runs on Linux only",
      wayOut: "Use a Linux machine or container.",
    });
  }
  const wayOut = command ? `Type: ${command}` : `Install ${missing.join(" and ")} with your package manager.`;
  return new ToolchainError({
    what,
    why: "the emulator works with the real ones and npm cannot bring them",
    wayOut,
  });
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} aptGet
 * @param {SystemTool[]} missing
 * @param {(detail: string) => void} update
 */
async function aptInstall(host, aptGet, missing, update) {
  const env = { ...host.env, DEBIAN_FRONTEND: "noninteractive" };
  if (!hasLists(host)) {
    update("apt-get update, because the package lists are empty");
    await apt(aptGet, ["update"], env);
  }
  const packages = packagesFor(host, missing);
  update(`apt-get install ${packages.join(" ")}`);
  await apt(aptGet, ["install", "-y", "--no-install-recommends", ...packages], env);
}

/**
 * @param {string} aptGet
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function apt(aptGet, args, env) {
  const result = await runProgram(aptGet, args, { env });
  if (result.code === 0) return;
  throw new ToolchainError({
    what: `apt-get ${args.join(" ")} failed`,
    why: lastLines(result, 4),
    wayOut: `Type: apt-get update && apt-get ${args.join(" ")}`,
  });
}

/** @param {import("../base/host.js").Host} host */
function hasLists({ aptLists }) {
  try {
    return readdirSync(aptLists).some((name) => /_(Packages|InRelease|Release)/.test(name));
  } catch {
    // No such folder: nothing was ever fetched.
    return false;
  }
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {readonly SystemTool[]} tools
 */
function packagesFor(host, tools) {
  const family = familyOf(host);
  return family ? [...new Set(tools.map((tool) => family.packages[tool]))] : [...tools];
}

/** @param {import("../base/host.js").Host} host */
function familyOf({ osRelease }) {
  const ids = idsOf(osRelease);
  return FAMILIES.find((family) => family.ids.some((id) => ids.includes(id)));
}

/** @param {string} osRelease */
function idsOf(osRelease) {
  try {
    const values = readFileSync(osRelease, "utf8").matchAll(/^ID(?:_LIKE)?=(.*)$/gm);
    return [...values].flatMap(([, value]) => (value ?? "").replaceAll('"', "").split(" "));
  } catch {
    // Not a Linux, or one without os-release(5): then it is a system that we do not know.
    return [];
  }
}
