import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { runAttached } from "./run-attached.js";

const module = new URL("run-attached.js", import.meta.url).href;

test("the exit code is the program's own, or 128 and the signal's number", async () => {
  expect(await runAttached("/bin/sh", ["-c", "exit 7"])).toBe(7);
  expect(await runAttached("/bin/sh", ["-c", "kill -TERM $$"])).toBe(143);
});

test("a program that cannot be started is an error", async () => {
  await expect(runAttached("/nonexistent/program", [])).rejects.toThrow("ENOENT");
});

test("stdout can be read on its way through", async () => {
  let seen = "";
  await runAttached("/bin/sh", ["-c", "echo counted"], { onOutput: (part) => void (seen += part) });
  expect(seen).toBe("counted\n");
});

test("without a terminal, SIGINT is handed on and the program ends us with its own code", async () => {
  const inner = `process.on("SIGINT", () => process.exit(5)); setTimeout(() => process.exit(6), 20_000); console.log("ready");`;
  const outer = `import { runAttached } from ${JSON.stringify(module)};
process.exit(await runAttached(process.execPath, ["-e", ${JSON.stringify(inner)}]));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", outer], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  onTestFinished(() => void child.kill("SIGKILL"));
  child.kill("SIGINT");
  await once(child, "exit");
  expect(child.exitCode).toBe(5);
});
