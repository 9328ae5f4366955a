import { describe, expect, test } from "vitest";
import { FakeCaller, fakeErrors, fakeUpid } from "../fixtures/fake-caller.ts";
import { cloneGuest } from "./clone-guest.ts";

const clone = "POST /nodes/pve1/qemu/9000/clone";
const source = { node: "pve1", vmid: 9000 };

function callerOf(...answers: unknown[]): FakeCaller {
  return new FakeCaller(({ method, path }) => {
    if (method === "POST") return answers.shift() ?? fakeUpid("qmclone");
    return path.endsWith("/log") ? { data: [] } : { status: "stopped", exitstatus: "OK" };
  });
}

const clones = (caller: FakeCaller) => caller.calls.filter((call) => call === clone).length;

describe("cloning a guest", () => {
  test("is not repeated where nobody can tell whether the first call worked", async () => {
    const caller = callerOf(fakeErrors.connection);
    await expect(cloneGuest(caller, source, { newid: 5000 })).rejects.toBe(fakeErrors.connection);
    expect(clones(caller)).toBe(1);
  });

  test("is repeated, or is done, as the look at the new number says", async () => {
    const again = callerOf(fakeErrors.connection);
    await cloneGuest(again, source, { newid: 5000 }, { reread: async () => "not-done" });
    expect(clones(again)).toBe(2);
    const done = callerOf(fakeErrors.connection);
    await cloneGuest(done, source, { newid: 5000 }, { reread: async () => "done" });
    expect(clones(done)).toBe(1);
  });
});
