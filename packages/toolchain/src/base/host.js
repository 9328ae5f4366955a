import { homedir } from "node:os";
import { join } from "node:path";
import { silentReporter } from "../console/reporter.js";

/**
 * What the toolchain knows of the machine. Tests give their own.
 * @typedef {object} Host
 * @property {NodeJS.ProcessEnv} env
 * @property {string} platform As in `process.platform`.
 * @property {string} arch As in `process.arch`.
 * @property {number | undefined} uid Undefined where users have no number (Windows).
 * @property {string} nodePath The Node that runs us.
 * @property {string} nodeVersion
 * @property {string} sbin Folders searched for system tools after PATH.
 * @property {string} osRelease The file that names the distribution.
 * @property {string} aptLists Where apt keeps its package lists.
 * @property {string} downloads The folder of the official engine downloads.
 * @property {{ answerMs: number, silenceMs: number }} patience How long a download may take to answer, and may stand
 *   still. A closed network is to be noticed at once; a machine with internet answers in a fraction of that.
 * @property {import("../console/reporter.js").Reporter} report
 */

/**
 * The machine that we run on.
 * @param {Partial<Host>} [parts] What is to be different.
 * @returns {Host}
 */
export function thisHost(parts = {}) {
  return {
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    uid: process.getuid?.(),
    nodePath: process.execPath,
    nodeVersion: process.versions.node,
    sbin: "/usr/sbin:/sbin:/usr/local/sbin",
    osRelease: "/etc/os-release",
    aptLists: "/var/lib/apt/lists",
    downloads: "https://get.pulumi.com/releases/sdk",
    patience: { answerMs: 3000, silenceMs: 15_000 },
    report: silentReporter(),
    ...parts,
  };
}

/**
 * Our folder in the user's cache.
 * @param {Host} host
 * @returns {string}
 */
export function cacheFolder({ env }) {
  const base = env["XDG_CACHE_HOME"] || join(env["HOME"] || homedir(), ".cache");
  return join(base, "coppice");
}
