import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { serverEnvironment } from "./server-environment.ts";
import type { ServerPlace } from "./server-place.ts";

/** A server that was started and is not known to answer yet. */
export interface StartingServer {
  /** What it said before it ended; undefined as long as it runs. */
  failure(): Promise<string | undefined>;
  /** Ends it, if it is not in use after all. */
  stop(): void;
}

/** A log that has grown larger is begun anew. */
const LONGEST_LOG = 2 ** 20;

/** For a database of some megabytes with a handful of users; the rest is PostgreSQL's own. */
const settings = {
  listen_addresses: "",
  shared_buffers: "16MB",
  io_method: "sync",
  max_wal_senders: "0",
  wal_level: "minimal",
  max_parallel_workers: "0",
  max_logical_replication_workers: "0",
};

/** Starts PostgreSQL apart from this process, which it outlives. */
export async function startServer(place: ServerPlace, bin: string): Promise<StartingServer> {
  const log = await open(place.log, "a", 0o600);
  try {
    if ((await log.stat()).size > LONGEST_LOG) await log.truncate();
    const from = (await log.stat()).size;
    const child = spawnServer(place, bin, log);
    const ended = endOf(child);
    return {
      failure: async () => {
        const error = await Promise.race([ended, Promise.resolve(undefined)]);
        return error === undefined ? undefined : error + (await readFrom(place.log, from));
      },
      stop: () => child.kill("SIGINT"),
    };
  } finally {
    await log.close();
  }
}

function spawnServer(place: ServerPlace, bin: string, log: FileHandle): ChildProcess {
  const all = { ...settings, unix_socket_directories: place.socket, unix_socket_permissions: "0700" };
  const words = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(bin, "postgres"), ["-D", place.data, ...words], {
    ...place.account,
    cwd: "/",
    detached: true,
    env: serverEnvironment,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.unref();
  return child;
}

/** An empty text once it has ended by itself, why when it could not be started at all. */
async function endOf(child: ChildProcess): Promise<string> {
  return await once(child, "exit").then(
    () => "",
    (error: Error) => error.message,
  );
}

async function readFrom(file: string, from: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read({ buffer: Buffer.alloc(Math.max(size - from, 0)), position: from });
    return buffer.toString();
  } finally {
    await handle.close();
  }
}
