import { describe, expect, test } from "vitest";
import { containing } from "../fixtures/containing.ts";
import { FakeCaller, fakeUpid } from "../fixtures/fake-caller.ts";
import { waitForTask } from "./wait-for-task.ts";

const upid = fakeUpid("qmcreate");
const running = { status: "running" };

/** A caller whose task shows these states in turn, the last for ever, and this log. */
function callerOf(states: readonly unknown[], log: readonly string[] = []): FakeCaller {
  let looks = 0;
  return new FakeCaller(({ path, params }) => {
    if (path.endsWith("/status")) return states[Math.min(looks++, states.length - 1)];
    const start = Number(params?.["start"] ?? 0);
    const lines = log.slice(start, start + Number(params?.["limit"] ?? 50));
    return { total: log.length, data: lines.map((t, index) => ({ n: start + index + 1, t })) };
  });
}

describe("waiting for a task", () => {
  test("looks fast at first and then ever more slowly, up to once a second", async () => {
    const caller = callerOf([
      ...Array.from({ length: 8 }, () => running),
      { status: "stopped", exitstatus: "OK" },
    ]);
    expect(await waitForTask(caller, upid)).toEqual({ upid, warnings: [] });
    expect(caller.sleeps).toEqual([20, 40, 80, 160, 320, 640, 1000, 1000, 1000]);
  });

  test("keeps the warnings of a task that ended with some", async () => {
    const caller = callerOf(
      [{ status: "stopped", exitstatus: "WARNINGS: 1" }],
      ["starting", "WARN: no efidisk configured!", "TASK WARNINGS: 1"],
    );
    expect((await waitForTask(caller, upid)).warnings).toEqual(["no efidisk configured!"]);
  });

  test.each([
    ["VM is locked (backup)", "pve.locked"],
    ["unable to create VM 5000 - volume 'local:1/x' does not exist", "pve.not-found"],
    ["unable to create image: qemu-img: Could not write: No space left on device", "pve.no-space"],
    ["something that nobody has seen before", "pve.task-failed"],
    ["WARNINGS: many", "pve.task-failed"],
    ["OK!", "pve.task-failed"],
    ["", "pve.task-failed"],
  ])("throws the typed error of a bad exit status: %j", async (exitstatus, code) => {
    const log = Array.from({ length: 700 }, (_, line) => `line ${line}`);
    const work = waitForTask(callerOf([{ status: "stopped", exitstatus }], log), upid);
    await expect(work).rejects.toMatchObject({
      code,
      details: { upid, node: "pve1", exitStatus: exitstatus },
      logTail: log.slice(-20),
    });
  });

  test("a full disk is told from the log where the exit status says nothing of it", async () => {
    const ended = { status: "stopped", exitstatus: "command 'qemu-img convert' failed: exit code 1" };
    const log = ["qemu-img: error while writing: No space left on device"];
    await expect(waitForTask(callerOf([ended], log), upid)).rejects.toMatchObject({ code: "pve.no-space" });
  });

  test("a stopped task without an exit status has not ended well", async () => {
    await expect(waitForTask(callerOf([{ status: "stopped" }]), upid)).rejects.toMatchObject({
      code: "pve.task-failed",
    });
  });

  test("reads again when the status was read in the instant of the end", async () => {
    const tail = { status: "stopped", exitstatus: "unable to read tail (got 0 bytes)" };
    const caller = callerOf([running, tail, { status: "stopped", exitstatus: "OK" }]);
    expect(await waitForTask(caller, upid)).toEqual({ upid, warnings: [] });
  });

  test("a log that cannot be read does not hide the failure", async () => {
    const caller = new FakeCaller(({ path }) =>
      path.endsWith("/log") ? new Error("no log") : { status: "stopped", exitstatus: "VM is locked (clone)" },
    );
    await expect(waitForTask(caller, upid)).rejects.toMatchObject({
      code: "pve.locked",
      logTail: [containing("no log")],
    });
  });

  test("ends with a time-out that names the task, which goes on", async () => {
    await expect(waitForTask(callerOf([running]), upid)).rejects.toMatchObject({
      code: "pve.timeout",
      details: { upid },
    });
  });

  test("stops when the signal aborts", async () => {
    const work = waitForTask(callerOf([running]), upid, { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: "pve.aborted", details: { upid } });
  });

  test.each(["", "UPID:pve1", "UPID:../x:000011B9:000B448F:6B00B3EB:qmcreate:1:root@pam:"])(
    "refuses what is not a UPID: %j",
    async (text) => {
      await expect(waitForTask(callerOf([running]), text)).rejects.toMatchObject({
        code: "pve.bad-response",
      });
    },
  );
});
