import { VirtualClock } from "@coppice/core";
import { type PveCaller, PveError } from "@coppice/pve";
import { expect, test } from "vitest";
import { freeDisks } from "./free-disks.ts";

const held = new PveError("pve.lock-timeout", {
  what: "PUT failed",
  why: "can't lock file '/var/lock/qemu-server/lock-900.conf' - got timeout (status 500)",
});

/** A cluster in which somebody holds the machine's lock at the first attempt, and that is quorate so many times. */
function freeing(quorate: number) {
  const virtual = new VirtualClock();
  const clock = Object.assign(virtual, { sleep: (ms: number) => virtual.advance(ms) });
  const calls: string[] = [];
  const answers: Record<string, () => unknown> = {
    GET: () => [
      { type: "cluster", name: "lab", quorate: calls.filter((call) => call === "GET").length <= quorate },
    ],
    PUT: () => {
      if (calls.filter((call) => call === "PUT").length === 1) throw held;
    },
  };
  const call = async ({ method }: { method: string }) => {
    calls.push(method);
    return answers[method]?.();
  };
  const client = { clock, call } as unknown as PveCaller; // as: all that is used of it here
  const context = { signal: new AbortController().signal, report: () => undefined };
  return { calls, done: freeDisks({ cluster: { client }, context }, { node: "pve1", vmid: 900 }, {}) };
}

test("disks are freed when nobody else holds the machine's lock any more", async () => {
  const { calls, done } = freeing(2);
  await done;
  expect(calls).toEqual(["GET", "PUT", "GET", "PUT"]);
});

test("none is freed in a cluster that lost its quorum while the lock was waited for", async () => {
  const { calls, done } = freeing(1);
  await expect(done).rejects.toMatchObject({ code: "pve.no-quorum" });
  expect(calls).toEqual(["GET", "PUT", "GET"]);
});
