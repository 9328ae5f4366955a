import { describe, expect, test } from "vitest";
import { containing } from "../fixtures/containing.ts";
import { FakeCaller, fakeErrors, fakeUpid } from "../fixtures/fake-caller.ts";
import type { SshNode } from "../ssh/ssh-node.ts";
import { unlockOverSsh } from "../ssh/unlock-over-ssh.ts";
import { type CreateGuest, createGuest } from "./create-guest.ts";

const guest: CreateGuest = {
  node: "pve1",
  vmid: 5000,
  params: { name: "seat" },
  isOurs: (config) => config.tags.includes("mark"),
};
const create = "POST /nodes/pve1/qemu";
const readConfig = "GET /nodes/pve1/qemu/5000/config";
const leftover = { lock: "create", digest: "a7e9" };

interface World {
  /** What each create is answered; after the last it works. */
  readonly creates: readonly unknown[];
  /** What `GET config` finds, an error where there is nothing. */
  config: unknown;
  readonly activeTasks?: readonly unknown[];
  readonly onDelete?: (params: unknown) => unknown;
}

function callerOf(world: World): FakeCaller {
  let creates = 0;
  return new FakeCaller(({ method, path, params }) => {
    if (path.endsWith("/status")) return { status: "stopped", exitstatus: "OK" };
    if (path.endsWith("/tasks")) return world.activeTasks ?? [];
    if (method === "GET") return world.config;
    if (method === "DELETE") {
      world.config = fakeErrors.missing;
      return world.onDelete?.(params) ?? fakeUpid("qmdestroy");
    }
    return creates < world.creates.length ? world.creates[creates++] : fakeUpid("qmcreate");
  });
}

const times = (caller: FakeCaller, call: string) => caller.calls.filter((made) => made === call).length;

describe("creating a guest", () => {
  test.each(["noWorker", "lockTimeout", "connection"] as const)(
    "is repeated after %s once a re-read found nothing",
    async (kind) => {
      const caller = callerOf({ creates: [fakeErrors[kind]], config: fakeErrors.missing });
      expect((await createGuest(caller, guest)).upid).toBe(fakeUpid("qmcreate"));
      expect(caller.calls.slice(0, 3)).toEqual([create, readConfig, create]);
    },
  );

  test("is repeated where rights from a pool show nothing before its end: Proxmox tells whether the number is taken", async () => {
    const caller = callerOf({
      creates: [fakeErrors.noWorker, fakeErrors.exists],
      config: fakeErrors.forbidden,
    });
    await expect(createGuest(caller, { ...guest, leftover: "remove" })).rejects.toBe(fakeErrors.exists);
    expect(times(caller, create)).toBe(2);
    expect(caller.calls).not.toContain("DELETE /nodes/pve1/qemu/5000");
  });

  test("has a hidden leftover removed only after a worker that never started", async () => {
    const cleared: unknown[] = [];
    const clearHidden = async (place: unknown) => void cleared.push(place);
    for (const kind of ["noWorker", "connection"] as const) {
      const caller = callerOf({ creates: [fakeErrors[kind]], config: fakeErrors.forbidden });
      await createGuest(caller, { ...guest, clearHidden });
    }
    expect(cleared).toEqual([{ node: "pve1", vmid: 5000 }]);
  });

  test("is left alone where it is hidden but still at work", async () => {
    const activeTasks = [{ upid: fakeUpid("qmcreate") }];
    const caller = callerOf({ creates: [fakeErrors.connection], config: fakeErrors.forbidden, activeTasks });
    await expect(createGuest(caller, guest)).rejects.toBe(fakeErrors.connection);
    expect(times(caller, create)).toBe(1);
  });

  test("is found done by our mark where the first attempt reached Proxmox late", async () => {
    const answers = [fakeErrors.missing, { tags: "mark" }];
    const caller = callerOf({
      creates: [fakeErrors.connection, fakeErrors.exists],
      get config() {
        return answers.length > 1 ? answers.shift() : answers[0];
      },
    });
    expect((await createGuest(caller, guest)).upid).toBeUndefined();
    expect(times(caller, create)).toBe(2);
  });

  test("gives up after four attempts with the last error", async () => {
    const caller = callerOf({
      creates: Array.from({ length: 9 }, () => fakeErrors.noWorker),
      config: fakeErrors.missing,
    });
    await expect(createGuest(caller, guest)).rejects.toBe(fakeErrors.noWorker);
    expect(times(caller, create)).toBe(4);
  });

  test("on a taken vmid is a typed error, never repeated and never adopted", async () => {
    const caller = callerOf({ creates: [fakeErrors.exists], config: { name: "theirs" } });
    await expect(createGuest(caller, guest)).rejects.toBe(fakeErrors.exists);
    expect(caller.calls).toEqual([create]);
  });

  test("that worked although no answer came is found done by our mark", async () => {
    const caller = callerOf({ creates: [fakeErrors.connection], config: { name: "seat", tags: "lab;mark" } });
    expect(await createGuest(caller, guest)).toEqual({ upid: undefined, warnings: [] });
    expect(times(caller, create)).toBe(1);
  });

  test("does not touch a guest without our mark that stands there now", async () => {
    const caller = callerOf({ creates: [fakeErrors.noWorker], config: { name: "theirs", tags: "lab" } });
    await expect(createGuest(caller, guest)).rejects.toBe(fakeErrors.noWorker);
    expect(caller.calls).not.toContain("DELETE /nodes/pve1/qemu/5000");
  });

  test("reports the leftover of a failed worker start unless removal was asked for", async () => {
    const caller = callerOf({ creates: [fakeErrors.noWorker], config: leftover });
    await expect(createGuest(caller, guest)).rejects.toMatchObject({
      code: "pve.leftover",
      wayOut: containing("qm unlock 5000"),
    });
    expect(caller.calls).not.toContain("DELETE /nodes/pve1/qemu/5000");
  });

  test("removes the leftover where that was asked for, and creates again", async () => {
    const deletes: unknown[] = [];
    const onDelete = (params: unknown) => void deletes.push(params);
    const caller = callerOf({ creates: [fakeErrors.noWorker], config: leftover, onDelete });
    expect((await createGuest(caller, { ...guest, leftover: "remove" })).upid).toBe(fakeUpid("qmcreate"));
    expect(deletes).toEqual([{ skiplock: true }]);
  });

  test("removes the leftover's lock over SSH where that is given, without skiplock", async () => {
    const deletes: unknown[] = [];
    const unlocked: unknown[] = [];
    const capture: SshNode["capture"] = (part) => Promise.resolve(String(unlocked.push(part)));
    const caller = callerOf({
      creates: [fakeErrors.noWorker],
      config: leftover,
      onDelete: (params) => void deletes.push(params),
    });
    await createGuest(caller, {
      ...guest,
      leftover: "remove",
      unlock: unlockOverSsh({ capture }),
    });
    expect([unlocked, deletes]).toEqual([[{ script: 'qm unlock "$1"', args: ["5000"] }], [{}]]);
  });

  test("leaves a create alone that still runs, though it looks like a leftover", async () => {
    const caller = callerOf({
      creates: [fakeErrors.connection],
      config: leftover,
      activeTasks: [{ upid: fakeUpid("qmcreate") }],
    });
    await expect(createGuest(caller, { ...guest, leftover: "remove" })).rejects.toBe(fakeErrors.connection);
    expect(caller.calls).not.toContain("DELETE /nodes/pve1/qemu/5000");
  });
});
