import { createHash } from "node:crypto";
import { createWriteStream, rmSync } from "node:fs";
import { mkdir, readdir, rename, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { reasonOf } from "../base/toolchain-error.js";
import { ENGINE_VERSION } from "../base/versions.js";
import { systemTarget } from "../made/made-folder.js";
import { lastLines, runProgram } from "../process/run-program.js";

/**
 * Fetches the official engine into `<draft>/bin`, checked against its published SHA-256. Throws a plain Error
 * with one line when that is not possible; the caller knows another way.
 * @param {import("../base/host.js").Host} host
 * @param {string} draft
 * @param {(detail: string) => void} update
 * @returns {Promise<void>}
 */
export async function downloadEngine(host, draft, update) {
  const archive = archiveName(host);
  const wanted = await publishedSum(host, archive);
  const file = join(draft, archive);
  const sum = await fetchFile(host, archive, file, update);
  if (sum !== wanted) throw new Error(`${archive} has SHA-256 ${sum}, published is ${wanted}`);
  await unpack(file, draft);
  rmSync(file);
}

/**
 * Why the official engine cannot be fetched from here; undefined where it can. Asks, and fetches nothing.
 * @param {import("../base/host.js").Host} host
 * @returns {Promise<string | undefined>}
 */
export async function downloadProblem(host) {
  try {
    await publishedSum(host, archiveName(host));
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** @param {import("../base/host.js").Host} host */
function archiveName(host) {
  return `pulumi-v${ENGINE_VERSION}-${systemTarget(host)}.tar.gz`;
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} archive
 */
async function publishedSum(host, archive) {
  const { response, timer } = await answer(host, `pulumi-${ENGINE_VERSION}-checksums.txt`);
  const lines = (await response.text()).split("\n").map((line) => line.trim().split(/\s+/));
  clearTimeout(timer);
  const sum = lines.find(([, name]) => name === archive)?.[0];
  if (!sum || !/^[0-9a-f]{64}$/.test(sum)) throw new Error(`no checksum is published for ${archive}`);
  return sum;
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} name
 * @param {string} file
 * @param {(detail: string) => void} update
 */
async function fetchFile(host, name, file, update) {
  const { response, timer } = await answer(host, name);
  if (!response.body) throw new Error(`${response.url} answered without content`);
  const hash = createHash("sha256");
  let bytes = 0;
  const source = Readable.fromWeb(response.body);
  source.on("data", (chunk) => {
    timer.refresh();
    hash.update(chunk);
    bytes += chunk.length;
    update(`${Math.round(bytes / 1_000_000)} MB`);
  });
  try {
    await pipeline(source, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
  return hash.digest("hex");
}

/**
 * Asks and waits for the answer's head. The timer goes on: it cuts off a body that stands still.
 * @param {import("../base/host.js").Host} host
 * @param {string} name
 */
async function answer({ downloads, patience }, name) {
  const cut = new AbortController();
  const abort = (/** @type {string} */ reason) => () => cut.abort(new Error(reason));
  const head = setTimeout(abort(`no answer within ${patience.answerMs / 1000} s`), patience.answerMs);
  const response = await fetch(`${downloads}/${name}`, { signal: cut.signal }).finally(() =>
    clearTimeout(head),
  );
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const timer = setTimeout(abort(`nothing came for ${patience.silenceMs / 1000} s`), patience.silenceMs);
  return { response, timer };
}

/**
 * The archive holds one folder `pulumi` (on Windows `pulumi/bin`) with the executables.
 * @param {string} file
 * @param {string} draft
 */
async function unpack(file, draft) {
  const bin = join(draft, "bin");
  await mkdir(bin);
  const result = await runProgram("tar", ["-xzf", file, "-C", bin, "--strip-components=1"]);
  if (result.code !== 0) throw new Error(`tar cannot unpack it: ${lastLines(result, 1)}`);
  const nested = join(bin, "bin");
  for (const name of await readdir(nested).catch(() => [])) await rename(join(nested, name), join(bin, name));
  await rmdir(nested).catch(() => {});
}
