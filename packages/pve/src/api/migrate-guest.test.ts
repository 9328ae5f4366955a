import { describe, expect, test } from "vitest";
import { FakeCaller, fakeErrors, fakeUpid } from "../fixtures/fake-caller.ts";
import { migrateGuest } from "./migrate-guest.ts";

const migrate = "POST /nodes/pve1/qemu/5000/migrate";

/** A cluster that breaks the first call off, and where the guest is then on `node`. */
function callerOf(node: string): FakeCaller {
  const answers: unknown[] = [fakeErrors.connection];
  return new FakeCaller(({ method, path }) => {
    if (method === "POST") return answers.shift() ?? fakeUpid("qmigrate");
    if (path.endsWith("/config"))
      return path.startsWith(`/nodes/${node}/`) ? { name: "lab" } : fakeErrors.missing;
    if (path.endsWith("/tasks")) return [];
    return path.endsWith("/log") ? { data: [] } : { status: "stopped", exitstatus: "OK" };
  });
}

describe("moving a guest to another node", () => {
  test("is done when an unanswered call has moved it, and repeated when it has not", async () => {
    const moved = callerOf("pve2");
    await migrateGuest(moved, { node: "pve1", vmid: 5000 }, "pve2");
    expect(moved.calls.filter((call) => call === migrate)).toHaveLength(1);
    const still = callerOf("pve1");
    await migrateGuest(still, { node: "pve1", vmid: 5000 }, "pve2");
    expect(still.calls.filter((call) => call === migrate)).toHaveLength(2);
  });
});
