import { readFileSync } from "node:fs";
import { isAlive } from "./is-alive.ts";

/** Ticks of the clock by which Linux counts (`USER_HZ`), a second. */
const TICKS = 100;

/**
 * When a process of this computer began, by which it differs from a later one of the same number; empty where the system
 * does not tell. Undefined when it is gone, or has ended and nobody has asked how.
 */
export function processBirth(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform !== "linux") return "";
  // proc_pid_stat(5): number, name in parentheses, state, …; when it began is the 22nd.
  const [state, ...fields] = afterName(statOf(pid));
  // It has ended just now, or this account may not see it.
  if (state === undefined) return isAlive(pid) ? "" : undefined;
  return state === "Z" || state === "X" ? undefined : (fields[18] ?? "");
}

/** Whether a process of this computer is gone: its number is nobody's, or that of one that began at another time. */
export function isGone(pid: number, birth = ""): boolean {
  const now = processBirth(pid);
  return now === undefined || (birth !== "" && now !== "" && now !== birth);
}

/** How long ago a process began, in milliseconds, and the name of its program; undefined where the system does not tell. */
export function processAge(pid: number): { readonly age: number; readonly program: string } | undefined {
  const birth = processBirth(pid);
  if (birth === undefined || birth === "") return undefined;
  const [uptime = "0"] = readFileSync("/proc/uptime", "utf8").split(" ");
  const [, program = ""] = /\((.*)\)/s.exec(statOf(pid)) ?? [];
  return { age: (Number(uptime) - Number(birth) / TICKS) * 1000, program };
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

/** The name may hold spaces and parentheses. */
function afterName(stat: string): string[] {
  const end = stat.lastIndexOf(") ");
  return end < 0 ? [] : stat.slice(end + 2).split(" ");
}
