import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Account } from "./account.ts";
import { noStart } from "./no-start.ts";
import { serverEnvironment } from "./server-environment.ts";
import { serverUser } from "./server-place.ts";

/** What `initdb` is told. */
export interface DataOrder {
  /** The folder of PostgreSQL's programs. */
  readonly bin: string;
  readonly data: string;
  /** A file with the password. */
  readonly password: string;
  /** Who runs it, when it is not ourselves. */
  readonly account: Account | undefined;
  readonly signal: AbortSignal;
}

/** A segment of the log of changes in MiB: PostgreSQL's 16 would be most of a small database's disk. */
const SEGMENT = 1;

/**
 * Makes a folder of data.
 *
 * @throws CoppiceError `database.full`, `database.not-started`
 */
export async function runInitdb({ bin, data, password, account, signal }: DataOrder): Promise<void> {
  const words = ["-D", data, `--username=${serverUser}`, `--pwfile=${password}`, "-A", "scram-sha-256"];
  const more = ["-E", "UTF8", "--no-locale", "--no-instructions", `--wal-segsize=${SEGMENT}`];
  const child = spawn(join(bin, "initdb"), [...words, ...more], {
    ...account,
    cwd: "/",
    env: serverEnvironment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const stop = () => child.kill();
  signal.addEventListener("abort", stop);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      said += error.message;
    });
    child.once("close", resolve);
  });
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code !== 0) throw noStart(data, said);
}
