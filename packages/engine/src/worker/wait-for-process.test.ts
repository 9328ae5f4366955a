import { spawn } from "node:child_process";
import { once } from "node:events";
import { systemClock } from "@coppice/core";
import { expect, test } from "vitest";
import { processBirth } from "../process/process-birth.ts";
import { waitForProcess } from "./wait-for-process.ts";

const birthOf = (pid: number) => processBirth(pid) ?? "";

/** A process of which nobody asks how it ended: its parent goes on as a program that never does. */
async function zombie() {
  const parent = spawn("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"]);
  const [line] = (await once(parent.stdout, "data")) as [Buffer]; // as documented for the event
  return { pid: Number(line.toString()), parent };
}

test.skipIf(process.platform !== "linux")(
  "one that has ended is not waited for, also where nobody asks how",
  async () => {
    const { pid, parent } = await zombie();
    await waitForProcess({ pid, birth: "", patience: 60_000 }, systemClock);
    expect(() => process.kill(pid, 0)).not.toThrow();
    parent.kill();
  },
);

test("one that takes too long is killed; one that has its number and began at another time is not", async () => {
  const child = spawn("sleep", ["60"]);
  const pid = child.pid ?? 0;
  if (process.platform === "linux") await waitForProcess({ pid, birth: "1", patience: 0 }, systemClock);
  expect(child.killed || child.exitCode !== null || child.signalCode !== null).toBe(false);
  await Promise.all([
    waitForProcess({ pid, birth: birthOf(pid), patience: 0 }, systemClock),
    once(child, "exit"),
  ]);
  expect(child.signalCode).toBe("SIGKILL");
});
