import { execFile } from "node:child_process";
import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/** A PostgreSQL server of a test's own, of the programs that this computer has. */
export class PostgresServer {
  /** Where the engine finds it, with a password that must be told to nobody. */
  readonly url: string;
  readonly #programs: string;
  readonly #folder: string;
  readonly #port: number;

  private constructor(programs: string, folder: string, port: number) {
    this.#programs = programs;
    this.#folder = folder;
    this.#port = port;
    this.url = `postgres://coppice:${PostgresServer.password}@127.0.0.1:${port}/states?sslmode=disable`;
  }

  static readonly password = "sesam-oeffne-dich";

  /** Where its programs are; undefined where there are none. */
  static async programs(): Promise<string | undefined> {
    const root = "/usr/lib/postgresql";
    const versions = await readdir(root).catch(() => []);
    const [newest] = versions.sort((a, b) => Number(b) - Number(a));
    return newest === undefined ? undefined : join(root, newest, "bin");
  }

  static async start(programs: string): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), "coppice-postgres-"));
    if (process.getuid?.() === 0) await chown(folder, NOBODY, NOBODY);
    const server = new PostgresServer(programs, folder, await freePort());
    const data = join(folder, "data");
    await server.#call("initdb", "-D", data, "-U", "coppice", "--auth=trust", "--no-sync");
    const options = `-p ${server.#port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
    await server.#call("pg_ctl", "-D", data, "-w", "-o", options, "-l", join(folder, "log"), "start");
    await server.#call("createdb", ...server.#place, "states");
    return server;
  }

  /** Runs a statement, and gives the lines that it answers. */
  async query(sql: string): Promise<string[]> {
    const { stdout } = await run(join(this.#programs, "psql"), [...this.#place, "-d", "states", "-Atc", sql]);
    return stdout.split("\n").filter((line) => line !== "");
  }

  async stop(): Promise<void> {
    await this.#call("pg_ctl", "-D", join(this.#folder, "data"), "-m", "immediate", "stop");
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #place(): string[] {
    return ["-h", "127.0.0.1", "-p", String(this.#port), "-U", "coppice"];
  }

  async #call(program: string, ...args: readonly string[]): Promise<void> {
    const isRoot = process.getuid?.() === 0;
    const own = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    // The server keeps what it inherits: its output is not waited for.
    const child = run(join(this.#programs, program), args, { cwd: this.#folder, ...own });
    child.child.stdin?.end();
    await child;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
