import { execFile, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
const script = join(import.meta.dirname, "fixtures", "unprivileged-shell.ts");
const node = realpathSync(process.execPath);

/** Why the test cannot be run here. */
function obstacle(): string | undefined {
  if (process.getuid?.() !== 0)
    return "only root can become another user (every other test already runs unprivileged)";
  const probe = (...program: string[]) => spawnSync("setpriv", [...nobody, ...program]).status === 0;
  if (!probe("true")) return "setpriv is missing";
  if (!probe("test", "-r", script) || !probe(node, "--version"))
    return "another user cannot read the checkout";
  return probe("unshare", "--user", "--map-root-user", "--mount", "true")
    ? undefined
    : "user namespaces are switched off";
}

test("a user without rights gets a node whose root is that user", async ({ skip }) => {
  const reason = obstacle();
  skip(reason !== undefined, reason);
  // As Debian sets it for users: without the folders of administrators' programs, where pivot_root is.
  const args = [...nobody, "env", "HOME=/tmp", "PATH=/usr/local/bin:/usr/bin:/bin", node, script];
  const { stdout } = await run("setpriv", args, { timeout: 30_000 });
  expect(JSON.parse(stdout)).toEqual([65534, "root\npve1\n", "memory: 64\n"]);
});
