import { ToolchainError } from "../base/toolchain-error.js";
import { isAtLeast, OLDEST_GO } from "../base/versions.js";
import { findExecutable } from "../process/find-executable.js";
import { runProgram } from "../process/run-program.js";

/**
 * The Go that can build it.
 * @param {import("../base/host.js").Host} host
 * @param {string} what What is to be built, for the refusal.
 * @returns {Promise<string>}
 */
export async function usableGo(host, what) {
  const go = findExecutable("go", host.env["PATH"]);
  const version = go ? await goVersion(host, go) : "";
  if (go && isAtLeast(version, OLDEST_GO)) return go;
  throw new ToolchainError({
    what: `${what} cannot be built here`,
    why: go ? `${go} is ${version || "not usable"}, older than ${OLDEST_GO}` : "there is no go on PATH",
    wayOut:
      "Install the Pulumi CLI (https://www.pulumi.com/docs/install/), or Go (https://go.dev/doc/install) where " +
      "only a Go module proxy can be reached, and run the same command again.",
  });
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} go
 * @returns {Promise<string>} Empty when it does not say.
 */
export async function goVersion(host, go) {
  const { stdout } = await runProgram(go, ["env", "GOVERSION"], { env: host.env, timeoutMs: 10_000 });
  return stdout.trim().replace(/^go/, "");
}
