import { execFile } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findNode } from "./program/find-node.js";
import { findOnPath } from "./program/find-on-path.js";
import { locateModule } from "./program/locate-module.js";

const run = promisify(execFile);
const timeout = 10_000;

/**
 * What `pulumi about` shows of the language: which Node, npm and TypeScript a program gets. The engine asks at every
 * `up` too, and waits: so versions are read where they stand, and asked of a process only where they cannot be.
 *
 * @param {import("./messages/requests.js").ProgramInfo} info
 */
export async function about(info) {
  const executable = findNode(process.env);
  const [version, packagemanagerVersion, typescriptVersion] = await Promise.all([
    nodeVersion(executable),
    npmVersion(),
    typescriptOf(info.programDirectory),
  ]);
  /** @type {Record<string, string>} */
  const metadata = { packagemanager: "npm", packagemanagerVersion };
  if (typescriptVersion !== "") metadata["typescriptVersion"] = typescriptVersion;
  return { executable, version, metadata };
}

/** @param {string} executable */
async function nodeVersion(executable) {
  const isThis = (await realpath(executable).catch(() => "")) === (await realpath(process.execPath));
  return isThis ? process.version : await versionOf(executable);
}

/** A start of npm takes 0.15 s; its command lies in the folder `bin` of its package. */
async function npmVersion() {
  try {
    const command = await realpath(findOnPath(process.env, "npm") ?? "");
    const manifest = JSON.parse(await readFile(join(command, "../../package.json"), "utf8"));
    if (manifest.name === "npm") return String(manifest.version);
  } catch {
    // A version manager's wrapper, or a command file of Windows: it knows itself.
  }
  return await versionOf("npm");
}

/** @param {string} command */
async function versionOf(command) {
  try {
    const { stdout } = await run(command, ["--version"], { timeout, shell: process.platform === "win32" });
    return stdout.trim();
  } catch {
    // `about` is a report: an unknown version is shown as such.
    return "";
  }
}

/** @param {string} folder */
async function typescriptOf(folder) {
  try {
    const manifest = await readFile(locateModule("typescript/package.json", folder, "npm install"), "utf8");
    return String(JSON.parse(manifest).version);
  } catch {
    // Most programs have no TypeScript of their own.
    return "";
  }
}
