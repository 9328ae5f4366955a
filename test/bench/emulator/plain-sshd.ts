import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The sshd of this machine with a key of its own, as a peer. */
export class PlainSshd {
  readonly #child: ChildProcess;
  readonly #folder: string;
  /** What `ssh` needs to run `true` over it. */
  readonly args: readonly string[];

  private constructor(child: ChildProcess, folder: string, args: readonly string[]) {
    this.#child = child;
    this.#folder = folder;
    this.args = args;
  }

  /** Starts it on a free port. */
  static async start(): Promise<PlainSshd> {
    const folder = mkdtempSync(join(tmpdir(), "coppice-sshd-"));
    const [hostKey, key] = [join(folder, "host"), join(folder, "key")];
    for (const file of [hostKey, key]) await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
    mkdirSync("/run/sshd", { recursive: true });
    const port = await freePort();
    const settings = [
      `Port=${port}`,
      "ListenAddress=127.0.0.1",
      `HostKey=${hostKey}`,
      `AuthorizedKeysFile=${key}.pub`,
      "StrictModes=no",
      "UsePAM=no",
      "PidFile=none",
      "PermitRootLogin=yes",
    ];
    const options = settings.flatMap((setting) => ["-o", setting]);
    const child = spawn("/usr/sbin/sshd", ["-D", "-e", "-f", "/dev/null", ...options], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    for await (const line of createInterface({ input: child.stderr })) if (line.includes("listening")) break;
    child.stderr.resume();
    const known = [
      "-o",
      "StrictHostKeyChecking=no",
      "-o",
      "UserKnownHostsFile=/dev/null",
      "-o",
      "LogLevel=ERROR",
    ];
    return new PlainSshd(child, folder, ["-i", key, ...known, "-p", String(port), "root@127.0.0.1"]);
  }

  /** Ends it. */
  async end(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill();
    await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Connects, runs `true`, and disconnects with OpenSSH's own client. */
export async function connectOnce(args: readonly string[]): Promise<void> {
  await run("ssh", ["-F", "none", "-o", "BatchMode=yes", ...args, "true"], { timeout: 20_000 });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
