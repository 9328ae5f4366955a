import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { thisHost } from "../base/host.js";
import { ToolchainError } from "../base/toolchain-error.js";
import { ensureEngine } from "../engine/ensure-engine.js";
import { findEngine } from "../engine/find-engine.js";
import { findNode } from "../node/find-node.js";
import { findExecutable } from "../process/find-executable.js";
import { projectRuntime } from "../project/project-runtime.js";
import { projectSecrets } from "../project/project-secrets.js";
import { engineWithYamlHost } from "../yaml-host/engine-with-yaml-host.js";
import { ensureYamlHost } from "../yaml-host/ensure-yaml-host.js";
import { findYamlHost } from "../yaml-host/find-yaml-host.js";

const OWN_FOLDER = fileURLToPath(new URL(".", import.meta.url));

/**
 * @typedef {object} ToolEnvironment
 * @property {NodeJS.ProcessEnv} env For every program that runs the engine: PATH leads to engine, Node and plugin.
 * @property {string} pulumi The engine's executable.
 * @property {string} node The Node executable.
 * @property {import("../engine/find-engine.js").Engine} engine
 * @property {string[]} pluginFolders The `node_modules/.bin` folders that PATH names for plugins.
 *
 * @typedef {object} ToolOptions
 * @property {string} [cwd] The project's folder; its packages are searched, and a YAML project gets its language
 *   host. The current one by default.
 * @property {NodeJS.ProcessEnv} [env] What the result is based on. `process.env` by default.
 * @property {boolean} [make] Whether a missing engine is made (minutes) or refused with the way out.
 * @property {Partial<import("../base/host.js").Host>} [host]
 */

/**
 * Everything in place to run the engine.
 * @param {ToolOptions} [options]
 * @returns {Promise<ToolEnvironment>}
 * @example
 * const tools = await toolEnvironment({ cwd: project });
 * spawn(tools.pulumi, ["up", "--yes"], { cwd: project, env: tools.env });
 */
export async function toolEnvironment(options = {}) {
  const { cwd = process.cwd(), env = process.env, make = false } = options;
  const host = thisHost({ env, ...options.host });
  const node = (await findNode(host, await folderWithNode(host, cwd))).path;
  const engine = await engineFor(host, cwd, make);
  const pluginFolders = binFolders(cwd);
  const path = toolPath(env["PATH"], engine.binFolders, node, pluginFolders);
  const own = { PATH: path, PULUMI_SKIP_UPDATE_CHECK: "true", ...userName(env), ...projectSecrets(cwd, env) };
  return {
    env: { NODE_COMPILE_CACHE: compileCache(cwd), ...env, ...own },
    pulumi: engine.pulumi,
    node,
    engine,
    pluginFolders,
  };
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} cwd
 * @param {boolean} make
 */
async function engineFor(host, cwd, make) {
  const engine = make ? await ensureEngine(host) : await engineOrRefuse(host);
  if (projectRuntime(cwd) !== "yaml") return engine;
  // Not every command runs the program, so what must not be made may be missing here.
  const yamlHost = make ? await ensureYamlHost(host, engine) : (await findYamlHost(host, engine)).found;
  return yamlHost ? await engineWithYamlHost(host, engine, yamlHost) : engine;
}

/** @param {import("../base/host.js").Host} host */
async function engineOrRefuse(host) {
  const { found, unsuitable } = await findEngine(host);
  if (found) return found;
  throw new ToolchainError({
    what: "there is no Pulumi engine",
    why: `${unsuitable}, and none was made yet`,
    wayOut: "In a checkout type `npm run setup`, elsewhere `coppice pulumi version`: both make one.",
  });
}

/**
 * The project may bring a Node of its own; else the packages around the toolchain itself are searched.
 * @param {import("../base/host.js").Host} host
 * @param {string} cwd
 */
async function folderWithNode({ platform, arch }, cwd) {
  const inProject = foldersUp(cwd).some((folder) =>
    existsSync(join(folder, "node_modules", `node-${platform}-${arch}`)),
  );
  return inProject ? cwd : OWN_FOLDER;
}

/**
 * The engine first, plugins before the user's own folders, and a Node only where PATH would find another.
 * @param {string | undefined} path
 * @param {string[]} engineFolders
 * @param {string} node
 * @param {string[]} pluginFolders
 */
function toolPath(path, engineFolders, node, pluginFolders) {
  const users = (path ?? "").split(delimiter);
  const first = findExecutable("node", [...pluginFolders, ...users].join(delimiter));
  const nodeFolder = first && realpathSync(first) === realpathSync(node) ? [] : [dirname(node)];
  return [...new Set([...engineFolders, ...pluginFolders, ...nodeFolder, ...users])]
    .filter(Boolean)
    .join(delimiter);
}

/**
 * An engine that was built without C asks for the user's name in `/etc/passwd`, then in USER, and gives up where neither
 * has one: in a container that runs under a bare number (Go's os/user, lookup_stubs.go).
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
function userName(env) {
  return env["USER"] ? {} : { USER: env["LOGNAME"] || String(process.getuid?.() ?? "user") };
}

/** @param {string} cwd */
function binFolders(cwd) {
  const folders = [...foldersUp(cwd), ...foldersUp(OWN_FOLDER)].map((folder) =>
    join(folder, "node_modules", ".bin"),
  );
  return [...new Set(folders)].filter((folder) => existsSync(folder));
}

/**
 * Where Node keeps what it compiled of the packages that a program loads: beside them, so that it goes when they go.
 * It saves 0.3 of the 0.8 s of CPU that a program with Pulumi's SDK takes to start.
 * @param {string} cwd
 */
function compileCache(cwd) {
  const folders = [...foldersUp(cwd), ...foldersUp(OWN_FOLDER)].map((folder) => join(folder, "node_modules"));
  const packages = folders.find((folder) => existsSync(folder));
  return packages && join(packages, ".cache", "node-compile");
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function foldersUp(folder) {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}
