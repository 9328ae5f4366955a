import { readFileSync } from "node:fs";

/**
 * Whether Ctrl-C is sent to us by a terminal, and with us to every program that we have started in our process group.
 * @returns {boolean}
 */
export function hasTerminal() {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    // proc(5): after the command in parentheses, which may hold anything, come state, ppid, pgrp, session, tty, tpgid.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[2] === fields[5];
  } catch {
    // Not Linux: a terminal on any stream is one that may send signals.
    return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  }
}
