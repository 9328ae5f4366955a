import { lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { reasonOf, ToolchainError } from "../base/toolchain-error.js";

/**
 * Makes a command of a checkout known to the user's shell: as a link in `~/.local/bin`, which systemd's
 * file-hierarchy(7) has for that and most distributions put on PATH. Another checkout's link is replaced, anything else
 * is left alone.
 * @param {import("../base/host.js").Host} host
 * @param {string} command The executable, `…/coppice.js`.
 * @returns {string[]} What to tell the user.
 */
export function linkCommand({ env }, command) {
  const folder = join(env["HOME"] || homedir(), ".local", "bin");
  const link = join(folder, basename(command, ".js"));
  assertOurs(link, basename(command));
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(command, link);
  } catch (error) {
    throw refusal(link, reasonOf(error));
  }
  const made = `${link} leads to ${command}`;
  const onPath = (env["PATH"] ?? "").split(delimiter).includes(folder);
  if (onPath) return [made];
  return [
    made,
    `${folder} is not on your PATH; type, or put into ~/.profile:`,
    `  export PATH="${folder}:$PATH"`,
  ];
}

/**
 * @param {string} link
 * @param {string} name The file's name that our links lead to, in whatever checkout.
 */
function assertOurs(link, name) {
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (there.isSymbolicLink() && isPlaceOf(readlinkSync(link), name)) return;
  throw refusal(link, "something else has that name");
}

/**
 * @param {string} target
 * @param {string} name
 */
function isPlaceOf(target, name) {
  return basename(target) === name && basename(dirname(target)) === "bin";
}

/**
 * @param {string} link
 * @param {string} why
 */
function refusal(link, why) {
  return new ToolchainError({
    what: `${link} cannot be made`,
    why,
    wayOut: `Move it away, or put another link to the command on your PATH`,
  });
}
