import { expect, test } from "vitest";
import { PveError } from "../errors/pve-error.ts";
import { FakeCaller, fakeErrors } from "../fixtures/fake-caller.ts";
import { ensureQuorum } from "./ensure-quorum.ts";

const place = { node: "pve1", vmid: 5000 };
const config = "/nodes/pve1/qemu/5000/config";
const unasked = new PveError("pve.forbidden", { what: "GET failed" });

/** Credentials that may not read the cluster's status, on a guest with these notes. */
function callerOf(
  put: (params: unknown) => unknown,
  read: unknown = { description: "ours\n", digest: "d1" },
) {
  return new FakeCaller(({ method, path, params }) => {
    if (path === "/cluster/status") return unasked;
    return method === "PUT" ? put(params) : read;
  });
}

test("quorum that may be asked for is asked for, and nothing is written", async () => {
  const caller = new FakeCaller(() => [{ type: "cluster", name: "lab", quorate: 1 }]);
  await ensureQuorum(caller, place);
  expect(caller.calls).toEqual(["GET /cluster/status"]);
});

test("else a guest's notes are written as they stand", async () => {
  const written: unknown[] = [];
  const caller = callerOf((params) => void written.push(params));
  await ensureQuorum(caller, place);
  expect(written).toEqual([{ description: "ours\n", digest: "d1" }]);
  expect(caller.calls).toEqual(["GET /cluster/status", `GET ${config}`, `PUT ${config}`]);
});

test("a write that Proxmox could not make is a refusal for want of quorum", async () => {
  const why = "unable to open file '/etc/pve/nodes/pve1/qemu-server/5000.conf.tmp.9' - Permission denied";
  const caller = callerOf(() => new PveError("pve.no-quorum", { what: "PUT failed", why }));
  await expect(ensureQuorum(caller, place)).rejects.toMatchObject({
    code: "pve.no-quorum",
    message: expect.stringMatching(/^Nothing is changed: the cluster is not quorate/),
  });
});

test("a guest that cannot be written leaves the question open, and the missing right is named", async () => {
  for (const caller of [
    callerOf(() => fakeErrors.forbidden),
    callerOf(() => null, fakeErrors.forbidden),
    callerOf(() => null, { name: "no notes" }),
  ]) {
    await expect(ensureQuorum(caller, place)).rejects.toMatchObject({
      code: "pve.forbidden",
      message: expect.stringContaining("Sys.Audit"),
    });
  }
});
