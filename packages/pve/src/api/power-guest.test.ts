import { describe, expect, test } from "vitest";
import { containing } from "../fixtures/containing.ts";
import { FakeCaller, fakeErrors, fakeUpid } from "../fixtures/fake-caller.ts";
import { powerGuest, startGuest } from "./power-guest.ts";

const place = { node: "pve1", vmid: 5000 };
const posts = (caller: FakeCaller) => caller.calls.filter((call) => call.startsWith("POST"));

/** Answers each look at the guest with the next of these, the last one for ever. */
function callerOf(task: string, looks: readonly unknown[], posted: readonly unknown[] = []): FakeCaller {
  const left = [...looks];
  const answers = [...posted];
  return new FakeCaller(({ method, path }) => {
    if (method === "POST") return answers.shift() ?? fakeUpid(task);
    if (path.endsWith("/status/current")) return left.length > 1 ? left.shift() : left[0];
    if (path.endsWith("/log")) return { data: [] };
    return { status: "stopped", exitstatus: "OK" };
  });
}

const running = { status: "running", ha: { managed: 1, state: "started" } };
const stopping = { status: "stopped", ha: { managed: 1, state: "request_stop" } };
const stopped = { status: "stopped", ha: { managed: 1, state: "stopped" } };

describe("a guest's power", () => {
  test("has changed with the end of the task where HA has no say", async () => {
    const caller = callerOf("qmstop", [running]);
    await powerGuest(caller, place, "stop");
    expect(caller.calls.filter((call) => call.endsWith("/status/current"))).toEqual([]);
  });

  test("is waited for where HA was only asked, until HA itself counts the guest as stopped", async () => {
    const caller = callerOf("hastop", [running, running, stopping, stopped]);
    await powerGuest(caller, place, "stop");
    expect(caller.calls.filter((call) => call.endsWith("/status/current"))).toHaveLength(4);
  });

  test("is waited for after a shutdown and a start, too", async () => {
    const shut = callerOf("hastop", [running, stopped]);
    await powerGuest(shut, place, "shutdown");
    const started = callerOf("hastart", [stopped, stopped, running]);
    await startGuest(started, place);
    expect(started.calls.filter((call) => call.endsWith("/status/current"))).toHaveLength(3);
  });

  test("is not waited for any longer than HA can take, and the error names HA", async () => {
    const caller = callerOf("hastop", [running]);
    await expect(powerGuest(caller, place, "stop")).rejects.toMatchObject({
      code: "pve.timeout",
      message: containing("HA manages it, was asked to 180 s ago and has it in state 'started'"),
    });
  });

  test("fails at once where HA has given the guest up", async () => {
    const caller = callerOf("hastart", [{ status: "stopped", ha: { managed: 1, state: "error" } }]);
    await expect(startGuest(caller, place)).rejects.toMatchObject({
      code: "pve.wrong-state",
      message: containing("set vm:5000 to 'disabled' in HA"),
    });
    expect(posts(caller)).toHaveLength(1);
  });

  test("is looked for no further where HA has moved the guest, and the error says so", async () => {
    const caller = callerOf("hastop", [running, fakeErrors.missing]);
    await expect(powerGuest(caller, place, "stop")).rejects.toMatchObject({
      code: "pve.wrong-state",
      message: containing("has moved it to another node"),
    });
    const started = callerOf("hastart", [fakeErrors.missing]);
    await expect(startGuest(started, place)).rejects.toMatchObject({ code: "pve.wrong-state" });
  });

  test("is asked for again after a lock time-out, unless the guest runs by then", async () => {
    const again = callerOf("qmstart", [{ status: "stopped" }], [fakeErrors.lockTimeout]);
    await startGuest(again, place);
    expect(posts(again)).toHaveLength(2);
    const faster = callerOf("qmstart", [{ status: "running" }], [fakeErrors.lockTimeout]);
    await startGuest(faster, place);
    expect(posts(faster)).toHaveLength(1);
  });

  test("is no longer waited for once the run was stopped", async () => {
    const stop = new AbortController();
    const caller = new FakeCaller(({ method, path }) => {
      if (method === "POST") return fakeUpid("hastop");
      if (path.endsWith("/status/current")) stop.abort();
      return path.endsWith("/status/current") ? running : { status: "stopped", exitstatus: "OK" };
    });
    const waiting = powerGuest(caller, place, "stop", { signal: stop.signal });
    await expect(waiting).rejects.toMatchObject({ code: "pve.aborted", message: containing("HA") });
  });
});
