import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const [signals, program] = ["exit-at-signals.js", "run-program.js"].map(
  (name) => new URL(name, import.meta.url).href,
);

/** A process that runs a program, which makes a file when it is stopped and else ends by itself after a while. */
function start(stopped: string, more = "") {
  const inner = `trap 'touch ${stopped}; exit' TERM; echo ready >&2; sleep 20 & wait`;
  const text = `import { exitAtSignals } from ${JSON.stringify(signals)};
import { runProgram } from ${JSON.stringify(program)};
exitAtSignals();
${more}
await runProgram("/bin/sh", ["-c", ${JSON.stringify(inner)}], { onLine: console.log });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "coppice-signals-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends us as a shell reports it, and what we have started with us", async (signal, code) => {
  const stopped = join(newFolder(), "stopped");
  const child = start(stopped);
  await once(child.stdout, "data");
  child.kill(signal);
  await once(child, "exit");
  expect(child.exitCode).toBe(code);
  await expect.poll(() => existsSync(stopped), { timeout: 10_000 }).toBe(true);
});

test("who listens to a signal answers for it", async () => {
  const child = start(join(newFolder(), "stopped"), `process.on("SIGTERM", () => process.exit(7));`);
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  await once(child, "exit");
  expect(child.exitCode).toBe(7);
});
