import { writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolderOnce } from "../lock/make-folder-once.js";
import { reasonOf, ToolchainError } from "../toolchain-error.js";
import { ENGINE_VERSION } from "../versions.js";
import { buildEngine, usableGo } from "./build-engine.js";
import { downloadEngine } from "./download-engine.js";
import { engineFolder, isWholeEngine, madeFile } from "./engine-cache.js";
import { findEngine } from "./find-engine.js";

/**
 * The engine to use, made when there is none: the user's own, else the official download, else a build of the same
 * version from its Go modules.
 * @param {import("../host.js").Host} host
 * @returns {Promise<import("./find-engine.js").Engine>}
 */
export async function ensureEngine(host) {
  const { engine, unsuitable } = await findEngine(host);
  if (engine) return engine;
  const folder = engineFolder(host);
  try {
    const make = (/** @type {string} */ draft) => makeEngine(host, draft, folder, unsuitable);
    await makeFolderOnce({ folder, isWhole: isWholeEngine, make, report: host.report });
  } catch (error) {
    throw explained(error, folder);
  }
  const made = (await findEngine(host)).engine;
  if (made) return made;
  throw new ToolchainError({
    what: `the engine in ${folder} is not usable`,
    wayOut: "Remove that folder and run the same command again.",
  });
}

/**
 * @param {import("../host.js").Host} host
 * @param {string} draft
 * @param {string} folder
 * @param {string} unsuitable
 */
async function makeEngine(host, draft, folder, unsuitable) {
  const refusal = await tryDownload(host, draft, unsuitable);
  if (refusal !== undefined) {
    host.report.line(`engine: the download did not serve: ${refusal}`);
    await usableGo(host);
    const text = `engine: building ${ENGINE_VERSION} from its Go modules into ${folder}, about 6 minutes, once`;
    await host.report.during(text, (update) => buildEngine(host, draft, update));
  }
  const how = refusal === undefined ? "download" : "build";
  const [name, content] = madeFile({ how, version: ENGINE_VERSION });
  writeFileSync(join(draft, name), content);
}

/**
 * @param {import("../host.js").Host} host
 * @param {string} draft
 * @param {string} unsuitable
 * @returns {Promise<string | undefined>} Why it did not succeed.
 */
async function tryDownload(host, draft, unsuitable) {
  const text = `engine: ${unsuitable}; fetching Pulumi ${ENGINE_VERSION} from ${host.downloads}`;
  try {
    await host.report.during(text, (update) => downloadEngine(host, draft, update));
    return undefined;
  } catch (error) {
    for (const name of await readdir(draft)) await rm(join(draft, name), { recursive: true, force: true });
    return reasonOf(error);
  }
}

/**
 * @param {unknown} error
 * @param {string} folder
 */
function explained(error, folder) {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (!["EACCES", "EROFS", "ENOSPC", "ENOTDIR"].includes(String(code))) return error;
  return new ToolchainError({
    what: `the cache folder ${folder} cannot be written`,
    why: reasonOf(error),
    wayOut: "Free some space, or name another folder in XDG_CACHE_HOME.",
    cause: error,
  });
}
