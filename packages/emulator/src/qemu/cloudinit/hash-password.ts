import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";

/** The crypt form of a password (SHA-512), by perl, which a node needs anyway; the password goes through a pipe. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(12).toString("base64url").replace(/[-_]/g, ".");
  const program =
    'local $/; my ($salt, $secret) = split /\\n/, <STDIN>, 2; print crypt($secret, "\\$6\\$rounds=1000\\$$salt\\$")';
  const child = spawn("perl", ["-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(`${salt}\n${password}`);
  return await text(child.stdout);
}
