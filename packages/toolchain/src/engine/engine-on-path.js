import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../base/host.js";
import { isAtLeast, OLDEST_ENGINE } from "../base/versions.js";
import { findExecutable, findExecutables } from "../process/find-executable.js";
import { runProgram } from "../process/run-program.js";

const LANGUAGE_HOST = "pulumi-language-nodejs";

/**
 * @typedef {{ pulumi: string, languageHost: string, version: string }} EngineOnPath
 * @typedef {{ engine?: EngineOnPath, unsuitable: string }} PathSearch `unsuitable` says why nothing was taken.
 */

/**
 * The user's own engine: new enough, and with its own Node language host beside it or on PATH.
 * @param {import("../base/host.js").Host} host
 * @returns {Promise<PathSearch>}
 */
export async function engineOnPath(host) {
  const reasons = [];
  for (const pulumi of findExecutables("pulumi", host.env["PATH"])) {
    if (realpathSync(pulumi).startsWith(join(cacheFolder(host), "engine"))) continue;
    const judged = await judge(host, pulumi);
    if (typeof judged !== "string") return { engine: judged, unsuitable: "" };
    reasons.push(judged);
  }
  return { unsuitable: reasons.join("; ") || "no pulumi on PATH" };
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} pulumi
 * @returns {Promise<EngineOnPath | string>}
 */
async function judge(host, pulumi) {
  const env = { ...host.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const result = await runProgram(pulumi, ["version"], { env, timeoutMs: 10_000 });
  const version = result.stdout.trim().replace(/^v/, "");
  if (result.timedOut) return `${pulumi} did not tell its version within 10 s`;
  if (result.code !== 0) return `${pulumi} cannot be run (exit code ${result.code})`;
  if (!isAtLeast(version, OLDEST_ENGINE)) return `${pulumi} is ${version}, older than ${OLDEST_ENGINE}`;
  const languageHost = languageHostOf(host, pulumi);
  return languageHost
    ? { pulumi, languageHost, version }
    : `${pulumi} has no ${LANGUAGE_HOST} beside it or on PATH`;
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} pulumi
 */
function languageHostOf(host, pulumi) {
  const beside = [pulumi, realpathSync(pulumi)].map((file) => join(dirname(file), LANGUAGE_HOST));
  return beside.find((file) => existsSync(file)) ?? findExecutable(LANGUAGE_HOST, host.env["PATH"]);
}
