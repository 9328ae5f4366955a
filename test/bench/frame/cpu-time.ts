import { readFileSync } from "node:fs";

/** Linux counts children's time in ticks of 1/100 s for user space (USER_HZ, proc(5)). */
const msPerTick = 10;

/** CPU milliseconds used so far by this process and, on Linux, by the children that have ended. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childTicks() * msPerTick;
}

function childTicks(): number {
  if (process.platform !== "linux") return 0;
  const stat = readFileSync("/proc/self/stat", "utf8");
  // The command in parentheses may hold spaces; cutime and cstime are fields 16 and 17, 13 and 14 after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[13]) + Number(fields[14]);
}
