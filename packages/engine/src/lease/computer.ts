import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A computer, or a container on one: a place whose processes see each other by number. */
export interface Computer {
  /** What people call it. */
  readonly host: string;
  /** The same for all that see each other's processes, until it starts anew. */
  readonly id: string;
}

/** Where this process runs. Two laptops of one name are two, and so is one with two containers that share its name. */
export function thisComputer(): Computer {
  const host = hostname();
  if (process.platform !== "linux") return { host, id: host };
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return { host, id: `${boot} ${readlinkSync("/proc/self/ns/pid")}` };
}
