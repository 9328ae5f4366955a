/** Whether a process of this computer is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // What may not be signalled is alive.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
