import { dirname, join } from "node:path";
import { isAtLeast, OLDEST_GO } from "../base/versions.js";
import { findEngine } from "../engine/find-engine.js";
import { toolEnvironment } from "../environment/tool-environment.js";
import { goVersion } from "../go/usable-go.js";
import { findExecutable } from "../process/find-executable.js";
import { projectRuntime } from "../project/project-runtime.js";
import { findYamlHost } from "../yaml-host/find-yaml-host.js";

/**
 * @typedef {import("../base/host.js").Host} Host
 * @typedef {import("./examine.js").Part} Part
 */

const MAKE_ENGINE = "type `npm run setup` in a checkout, or `coppice pulumi version`: both make one";
const MAKE_YAML_HOST = "type `coppice pulumi preview` in the project: it makes one";

/**
 * The engine, what it starts, and the Go that would build what is missing of them.
 * @param {Host} host
 * @param {string} cwd
 * @returns {Promise<Part[]>}
 */
export async function examineEngine(host, cwd) {
  const engine = await examinePulumi(host);
  const yamlHost = await examineYamlHost(host, cwd);
  const go = await examineGo(host, [engine, ...yamlHost]);
  return [go, engine, ...(await examineEngineParts(host, cwd)), ...yamlHost];
}

/**
 * @param {Host} host
 * @param {Part[]} built What Go may have to build.
 * @returns {Promise<Part>}
 */
async function examineGo(host, built) {
  const missing = built.filter(({ state }) => state === "missing").map(({ name }) => name);
  if (missing.length === 0) return { name: "Go", state: "not needed", why: "the engine is there" };
  const where = findExecutable("go", host.env["PATH"]);
  const version = where ? await goVersion(host, where) : "";
  const what = missing.join(" and ");
  const why = `builds the ${what} where the download cannot be reached`;
  if (where && isAtLeast(version, OLDEST_GO)) return { name: "Go", state: "found", where, version, why };
  const advice = `install the Pulumi CLI, or Go (https://go.dev/doc/install) to build the ${what} without internet`;
  return { name: "Go", state: "missing", ...(where ? { where, version } : {}), advice };
}

/**
 * @param {Host} host
 * @returns {Promise<Part>}
 */
async function examinePulumi(host) {
  const { found } = await findEngine(host);
  if (!found) return { name: "Pulumi engine", state: "missing", advice: MAKE_ENGINE };
  const { pulumi, version, why } = found;
  return { name: "Pulumi engine", state: "found", where: pulumi, version, why };
}

/**
 * @param {Host} host
 * @param {string} cwd
 * @returns {Promise<Part[]>} None where no project asks for it.
 */
async function examineYamlHost(host, cwd) {
  if (projectRuntime(cwd) !== "yaml") return [];
  const name = "YAML language host";
  const { found } = await findYamlHost(host, (await findEngine(host)).found);
  if (!found) return [{ name, state: "missing", advice: MAKE_YAML_HOST }];
  const { path, version, why } = found;
  return [{ name, state: "found", where: path, ...(version ? { version } : {}), why }];
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
      "type `npm install` in the project (in a checkout: `npm run setup`)",
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
