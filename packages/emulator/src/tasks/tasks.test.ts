import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rootIdentity } from "../kernel/identity.ts";
import { type Emulator, startEmulator } from "../start/start-emulator.ts";
import type { TaskRecord, TaskWork } from "./task-run.ts";
import { formatUpid, parseUpid } from "./upid.ts";

let pve: Emulator;

beforeEach(async () => {
  pve = await startEmulator({ nodes: 1, seed: "bare" });
});
afterEach(async () => {
  await pve.stop();
});

async function ended(work: TaskWork): Promise<TaskRecord> {
  const { cluster } = pve;
  const task = await cluster.tasks.start(
    { node: cluster.firstNode, identity: rootIdentity, type: "qmstart", id: "100" },
    work,
  );
  await task.done;
  return task;
}

const lines = (task: TaskRecord) => pve.cluster.tasks.lines(task);

describe("tasks", () => {
  test("a UPID can be taken apart and put together", () => {
    const upid = "UPID:pve1:000011B9:000B448F:6B00B3EB:qmcreate:900:root@pam!iac:";
    const parsed = parseUpid(upid);
    expect(parsed === undefined ? undefined : formatUpid(parsed)).toBe(upid);
    expect(parseUpid("UPID:foo")).toBeUndefined();
  });

  test("a task that ends well says so in its last line and its status", async () => {
    const task = await ended(async (run) => run.log("one\ntwo"));
    expect(task.exitStatus).toBe("OK");
    expect(lines(task)).toEqual(["one", "two", "TASK OK"]);
  });

  test("warnings are counted", async () => {
    const task = await ended(async (run) => run.warn("careful"));
    expect(task.exitStatus).toBe("WARNINGS: 1");
    expect(lines(task)).toEqual(["WARN: careful", "TASK WARNINGS: 1"]);
  });

  test("a failing task ends with the error in one line", async () => {
    const task = await ended(async () => {
      throw new Error("it\nbroke\n");
    });
    expect(task.exitStatus).toBe("it broke");
    expect(lines(task)?.at(-1)).toBe("TASK ERROR: it broke");
  });

  test("a stopped task ends as interrupted", async () => {
    const { cluster } = pve;
    const subject = { node: cluster.firstNode, identity: rootIdentity, type: "qmstart", id: "100" };
    const task = await cluster.tasks.start(subject, (run) => cluster.clock.sleep(60_000, run.signal));
    cluster.tasks.stop(task);
    await task.done;
    expect(task.exitStatus).toBe("received interrupt");
    expect(lines(task)).toEqual(["TASK ERROR: received interrupt"]);
  });
});
