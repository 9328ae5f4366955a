import { type Progress, progressText, VirtualClock } from "@coppice/core";
import { PveError } from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { whenUnlocked } from "./when-unlocked.ts";

const place = { node: "pve1", vmid: 900 };
const held = new PveError("pve.lock-timeout", {
  what: "PUT failed",
  why: "can't lock file '/var/lock/qemu-server/lock-900.conf' - got timeout (status 500)",
});

/** A change of a guest whose lock somebody holds until a time; each attempt waits 10 s for it, as Proxmox does. */
function story(heldMs: number, refusal: PveError = held) {
  const virtual = new VirtualClock();
  const start = virtual.now();
  const clock = {
    now: () => virtual.now(),
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      await virtual.advance(ms);
    },
  };
  const abort = new AbortController();
  const told: string[] = [];
  const context = { signal: abort.signal, report: (one: Progress) => told.push(progressText(one)) };
  let attempts = 0;
  const attempt = async () => {
    attempts += 1;
    const end = virtual.now() + 10_000;
    if (start + heldMs <= end) return "changed";
    await virtual.advance(10_000);
    throw refusal;
  };
  const outcome = whenUnlocked({ cluster: { client: { clock } }, context }, place, attempt);
  return { outcome, told, abort, attempts: () => attempts };
}

describe("a change of a guest whose lock somebody else holds", () => {
  test("passes at once, without a word, where it comes free in time", async () => {
    const { outcome, told } = story(9_000);
    expect(await outcome).toBe("changed");
    expect(told).toEqual([]);
  });

  test("is made when the clean-up after a stop has ended, and says that it waits", async () => {
    const { outcome, told, attempts } = story(30_000);
    expect(await outcome).toBe("changed");
    expect(attempts()).toBe(3);
    expect(told).toEqual([
      "waiting for the lock of machine 900 on pve1",
      "waited for the lock of machine 900 on pve1",
    ]);
  });

  test("fails with the way out where the lock never comes free", async () => {
    const { outcome, told } = story(Number.POSITIVE_INFINITY);
    await expect(outcome).rejects.toMatchObject({
      code: "pve.lock-timeout",
      message: expect.stringMatching(
        /held its lock for more than 60 s.*fuser -v .*lock-900\.conf.*run it again/,
      ),
    });
    expect(told.at(-1)).toBe("could not wait for the lock of machine 900 on pve1");
  });

  test("is given up between two attempts after Ctrl-C", async () => {
    const { outcome, abort } = story(30_000);
    const reason = new Error("Ctrl-C");
    abort.abort(reason);
    await expect(outcome).rejects.toBe(reason);
  });

  test("is not repeated after another lock's time-out, which may come in the midst of it", async () => {
    const storage = new PveError("pve.lock-timeout", {
      what: "PUT failed",
      why: "cfs-lock 'storage-nas' error: got lock request timeout",
    });
    const { outcome, attempts } = story(30_000, storage);
    await expect(outcome).rejects.toBe(storage);
    expect(attempts()).toBe(1);
  });
});
