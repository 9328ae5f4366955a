import { describe, expect, test } from "vitest";
import { PveError } from "../errors/pve-error.ts";
import { containing } from "../fixtures/containing.ts";
import { FakeCaller, fakeErrors, fakeUpid } from "../fixtures/fake-caller.ts";
import { deleteGuest } from "./delete-guest.ts";

const place = { node: "pve1", vmid: 5000 };
const destroy = "DELETE /nodes/pve1/qemu/5000";

function callerOf(parts: {
  readonly cluster?: unknown;
  readonly destroy?: readonly unknown[];
  readonly exit?: string;
  readonly config?: unknown;
}): FakeCaller {
  const answers = [...(parts.destroy ?? [])];
  return new FakeCaller(({ method, path }) => {
    if (path === "/cluster/status") return parts.cluster ?? [{ type: "node", name: "pve1" }];
    if (path.endsWith("/tasks")) return [];
    if (path.endsWith("/config")) return parts.config ?? fakeErrors.missing;
    if (method === "DELETE") return answers.shift() ?? fakeUpid("qmdestroy");
    return path.endsWith("/log") ? { data: [] } : { status: "stopped", exitstatus: parts.exit ?? "OK" };
  });
}

describe("deleting a guest", () => {
  test("asks for quorum first, and deletes nothing without it", async () => {
    const caller = callerOf({
      cluster: [
        { type: "cluster", name: "lab", quorate: 0 },
        { type: "node", name: "pve1" },
      ],
    });
    await expect(deleteGuest(caller, place)).rejects.toMatchObject({ code: "pve.no-quorum" });
    expect(caller.calls).toEqual(["GET /cluster/status"]);
  });

  test("works in a quorate cluster and on a node alone", async () => {
    const quorate = callerOf({ cluster: [{ type: "cluster", name: "lab", quorate: "1" }] });
    expect((await deleteGuest(quorate, place)).upid).toBe(fakeUpid("qmdestroy"));
    expect((await deleteGuest(callerOf({}), place)).upid).toBe(fakeUpid("qmdestroy"));
  });

  test("says which privilege is missing when quorum cannot be read, and deletes nothing", async () => {
    const caller = callerOf({ cluster: new PveError("pve.forbidden", { what: "GET failed" }) });
    await expect(deleteGuest(caller, place)).rejects.toMatchObject({
      code: "pve.forbidden",
      message: containing("Sys.Audit"),
    });
    expect(caller.calls).not.toContain(destroy);
  });

  test("is done when the rights that came from the guest's pool are gone with it", async () => {
    const caller = callerOf({ destroy: [fakeErrors.connection], config: fakeErrors.forbidden });
    expect((await deleteGuest(caller, place)).upid).toBeUndefined();
    expect(caller.calls.filter((call) => call === destroy)).toHaveLength(1);
  });

  test("is done when the guest is gone already, before or after a broken start", async () => {
    expect((await deleteGuest(callerOf({ destroy: [fakeErrors.missing] }), place)).upid).toBeUndefined();
    const caller = callerOf({ destroy: [fakeErrors.noWorker] });
    expect((await deleteGuest(caller, place)).upid).toBeUndefined();
    expect(caller.calls.filter((call) => call === destroy)).toHaveLength(1);
  });

  test("is not done when something else does not exist, or a base is in use", async () => {
    const volume = callerOf({ exit: "volume 'local:5000/vm-5000-disk-0.qcow2' does not exist" });
    await expect(deleteGuest(volume, place)).rejects.toMatchObject({ code: "pve.not-found" });
    const base = callerOf({
      exit: "base volume 'local:5000/base-5000-disk-0.qcow2' is still in use by linked cloned",
    });
    await expect(deleteGuest(base, place)).rejects.toMatchObject({ code: "pve.in-use" });
  });

  test("is not done when the re-read finds no node instead of no guest", async () => {
    const why = "hostname lookup 'pve1' failed - failed to get address info for: pve1";
    const noNode = new PveError("pve.not-found", { what: "GET failed", why });
    const caller = callerOf({ destroy: [fakeErrors.noWorker], config: noNode });
    await expect(deleteGuest(caller, place)).rejects.toBe(noNode);
  });
});
