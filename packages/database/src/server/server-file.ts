import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../errors/connection-state.ts";
import { type ServerPlace, socketFile } from "./server-place.ts";

/** What PostgreSQL says of itself while it runs, in `postmaster.pid`: its number, its data, when it began, and more. */
export interface RunningServer {
  /** Undefined where it was killed before it wrote a word. */
  readonly pid: number | undefined;
  /** When it began, in seconds since the epoch. */
  readonly since: number;
}

/** By how much later than its file a process must have begun to be another one, in seconds. */
const MARGIN = 2;

/** Ticks of the clock by which Linux counts (`USER_HZ`), a second. */
const TICKS = 100;

/** The server that runs on this data, or ran until it was killed; undefined when none says so. */
export async function readServerFile(place: ServerPlace): Promise<RunningServer | undefined> {
  const file = serverFile(place);
  const text = await readFile(file, "utf8").catch(() => undefined);
  const written = await stat(file).catch(() => undefined);
  return text === undefined || written === undefined ? undefined : parseServerFile(text, written.mtimeMs);
}

/** What has become of it: `gone`, as PostgreSQL notices by itself, or `another` process has its number. */
export function serverState({ pid, since }: RunningServer): "running" | "gone" | "another" {
  if (pid === undefined) return Date.now() / 1000 > since + MARGIN ? "another" : "running";
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return "gone";
  }
  const began = beginning(pid);
  return began === undefined || began <= since + MARGIN ? "running" : "another";
}

/**
 * Takes away the file that a killed server left, when its number is another process's now. PostgreSQL itself looks only
 * whether there is such a process, and would not start: in a container that was started again there nearly always is one.
 * The file is moved before it is looked at again, since another start may have put its own there meanwhile.
 */
export async function clearServerFile(place: ServerPlace, left: RunningServer): Promise<void> {
  const file = serverFile(place);
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  await rename(file, aside);
  const { mtimeMs } = await stat(aside);
  const { pid, since } = parseServerFile(await readFile(aside, "utf8"), mtimeMs);
  if (pid !== left.pid || since !== left.since) await link(aside, file);
  else await rm(`${socketFile(place.socket)}.lock`, { force: true });
  await rm(aside);
}

function serverFile({ data }: ServerPlace): string {
  return join(data, "postmaster.pid");
}

function parseServerFile(text: string, written: number): RunningServer {
  const [pid, , since] = text.split("\n").map(Number);
  return pid && since ? { pid, since } : { pid: undefined, since: written / 1000 };
}

/** When a process began, in seconds since the epoch; undefined where the system does not tell. */
function beginning(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc_pid_stat(5): behind the name, which may hold anything, comes the state, and 19 fields later the beginning.
    const fields = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
    // It has ended, and nobody asks how: no process that is meant any more.
    if (fields[0] === "Z") return Number.POSITIVE_INFINITY;
    const [uptime] = readFileSync("/proc/uptime", "utf8").split(" ");
    return Date.now() / 1000 - Number(uptime) + Number(fields[19]) / TICKS;
  } catch {
    return undefined;
  }
}
