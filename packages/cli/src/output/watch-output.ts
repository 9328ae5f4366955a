import { failureText } from "./failure-text.ts";

/**
 * Whoever reads may go away before the end, as `head` does: what is in hand goes on all the same. So it does where what is
 * printed cannot be kept, as on a full disk, but that is told, and the command is no success.
 */
export function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", tellUnwritten);
}

let isTold = false;

function tellUnwritten(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE" || isTold) return;
  isTold = true;
  process.stderr.write(`${failureText(Object.assign(error, { path: "The output" }))}\n`);
  // Whatever it is set to by then, the command says it last.
  process.once("exit", (code) => {
    if (code === 0) process.exitCode = 1;
  });
}
