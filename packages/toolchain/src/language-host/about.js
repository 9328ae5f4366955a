import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { findNode } from "./program/find-node.js";
import { locateModule } from "./program/locate-module.js";

const run = promisify(execFile);
const timeout = 10_000;

/**
 * What `pulumi about` shows of the language: which Node, npm and TypeScript a program gets.
 *
 * @param {import("./messages/requests.js").ProgramInfo} info
 */
export async function about(info) {
  const executable = findNode(process.env);
  const [version, npmVersion, typescriptVersion] = await Promise.all([
    versionOf(executable),
    versionOf("npm"),
    typescriptOf(info.programDirectory),
  ]);
  /** @type {Record<string, string>} */
  const metadata = { packagemanager: "npm", packagemanagerVersion: npmVersion };
  if (typescriptVersion !== "") metadata["typescriptVersion"] = typescriptVersion;
  return { executable, version, metadata };
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
