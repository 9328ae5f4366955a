import { describe, expect, test } from "vitest";
import { FakeCaller, fakeErrors, fakeUpid } from "../fixtures/fake-caller.ts";
import { makeGate } from "../fixtures/gate.ts";
import { runTask } from "./run-task.ts";

const call = { method: "POST", path: "/nodes/{node}/qemu", in: { node: "pve1" } } as const;

describe("running a task", () => {
  test("has at most four starts in flight on one node, and other nodes do not wait", async () => {
    let inFlight = 0;
    let most = 0;
    let others = 0;
    const gate = makeGate();
    const caller = new FakeCaller(async ({ method, path }) => {
      if (method === "GET") return { status: "stopped", exitstatus: "OK" };
      if (path.includes("pve2")) return void (others += 1);
      inFlight += 1;
      most = Math.max(most, inFlight);
      await gate.opened;
      inFlight -= 1;
      return fakeUpid("qmcreate");
    });
    const work = Array.from({ length: 25 }, () => runTask(caller, call));
    await runTask(caller, { ...call, in: { node: "pve2" } });
    expect(others).toBe(1);
    gate.open();
    await Promise.all(work);
    expect(most).toBe(4);
  });

  test("gives its place back when the start fails", async () => {
    const caller = new FakeCaller(() => fakeErrors.exists);
    for (let attempt = 0; attempt < 10; attempt += 1)
      await expect(runTask(caller, call)).rejects.toMatchObject({ code: "pve.already-exists" });
    expect(caller.calls).toHaveLength(10);
  });

  test("takes an answer without a task as done, and anything but a UPID as no answer", async () => {
    expect(await runTask(new FakeCaller(() => null), call)).toEqual({ upid: undefined, warnings: [] });
    await expect(runTask(new FakeCaller(() => "yes"), call)).rejects.toMatchObject({
      code: "pve.bad-response",
    });
  });

  test("one that waits for its place leaves the queue when its signal aborts", async () => {
    const gate = makeGate();
    const caller = new FakeCaller(() => gate.opened);
    const first = Array.from({ length: 4 }, () => runTask(caller, call));
    const controller = new AbortController();
    const waiting = runTask(caller, { ...call, signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "pve.aborted" });
    gate.open();
    await Promise.all([...first, runTask(caller, call)]);
    expect(caller.calls).toHaveLength(5);
  });
});
