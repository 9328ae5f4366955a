import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const deadline = 3_000;

/**
 * The processes whose environment carries a marker, after those on their way out had
 * time to go: the end of a process that is not a child is no event one could wait for.
 *
 * @example expect(await leftProcesses(stage.marker)).toEqual([])
 */
export async function leftProcesses(marker: string): Promise<string[]> {
  if (!canLook) console.warn("processes are looked for on Linux only: /proc shows their environment");
  const end = Date.now() + deadline;
  let left = markedProcesses(marker);
  while (left.length > 0 && Date.now() < end) {
    await delay(50);
    left = markedProcesses(marker);
  }
  return left;
}

/** Whether this system shows the environment of other processes. */
export const canLook = process.platform === "linux";

/** The marked processes of this moment. */
export function markedProcesses(marker: string): string[] {
  return markedPids(marker).map((pid) => `${pid} ${commandOf(pid)}`);
}

/** Ends what a failed test left behind, so that it disturbs no other. */
export function killLeftProcesses(marker: string): void {
  for (const pid of markedPids(marker)) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // Gone since we looked.
    }
  }
}

function markedPids(marker: string): string[] {
  if (!canLook) return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => read(pid, "environ").includes(marker));
}

function commandOf(pid: string): string {
  return read(pid, "cmdline").replaceAll("\0", " ");
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // Ended while we looked, or another user's.
    return "";
  }
}
