import { describe, expect, test } from "vitest";
import { FakeCaller, fakeErrors, fakeUpid } from "../fixtures/fake-caller.ts";
import { moveDisk } from "./move-disk.ts";

const call = "POST /nodes/pve1/qemu/5000/move_disk";
const move = {
  from: { node: "pve1", vmid: 5000 },
  slot: "scsi0",
  to: { node: "pve1", vmid: 5001 },
  key: "unused255",
};

/** A cluster that breaks the first call off, and what the two machines hold afterwards. */
function callerOf(from: object | Error, to: object): FakeCaller {
  const answers: unknown[] = [fakeErrors.connection];
  return new FakeCaller(({ method, path }) => {
    if (method === "POST") return answers.shift() ?? fakeUpid("qmmove");
    if (path.endsWith("/5000/config")) return from;
    if (path.endsWith("/5001/config")) return to;
    if (path.endsWith("/tasks")) return [];
    return path.endsWith("/log") ? { data: [] } : { status: "stopped", exitstatus: "OK" };
  });
}

const disk = "nas:5000/vm-5000-disk-0.qcow2";

describe("giving a disk to another machine", () => {
  test("is done when an unanswered call has given it", async () => {
    const caller = callerOf({ name: "spare" }, { unused255: disk });
    await moveDisk(caller, move);
    expect(caller.calls.filter((each) => each === call)).toHaveLength(1);
  });

  test("is repeated while the first machine still has it", async () => {
    const caller = callerOf({ scsi0: disk }, { name: "seat" });
    await moveDisk(caller, move);
    expect(caller.calls.filter((each) => each === call)).toHaveLength(2);
  });

  test.each([
    ["neither machine names it", { name: "spare" }],
    ["the first machine is gone", fakeErrors.missing],
  ])("is not repeated when %s", async (_, from) => {
    const caller = callerOf(from, { name: "seat" });
    await expect(moveDisk(caller, move)).rejects.toBe(fakeErrors.connection);
    expect(caller.calls.filter((each) => each === call)).toHaveLength(1);
  });
});
