import { describe, expect, test } from "vitest";
import { heldLocks } from "../cluster/locks.ts";
import { guestRuntime } from "../guests/running/guest-runtime.ts";
import { GuestLab, oneDisk } from "../qemu/fixtures/guest-lab.ts";
import { volumes } from "../storage/volumes/volumes.ts";

/** Starts a task and stops it as soon as this line of its log, or its start, has been seen. */
async function stopped(lab: GuestLab, path: string, params: Record<string, string | number>, line?: string) {
  const upid = String(await lab.call("POST", path, params));
  const task = lab.cluster.tasks.find(upid);
  if (task === undefined) throw new Error(`no task '${upid}'`);
  const seen = () => line === undefined || lab.cluster.tasks.lines(task)?.some((each) => each.includes(line));
  while (task.exitStatus === undefined && !seen()) await new Promise((resolve) => setImmediate(resolve));
  lab.cluster.tasks.stop(task);
  return await lab.ended(upid);
}

async function imagesOf(lab: GuestLab, vmid: number): Promise<string[]> {
  return (await volumes(lab.cluster).list(lab.node, "local", { vmid })).map(({ volid }) => volid);
}

describe("stopping a task", () => {
  test("ends a clone in the midst of its copy, and nothing of the copy stays", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    const ended = await stopped(lab, "/qemu/900/clone", { newid: 901, full: 1 }, "transferred 0.0 B");
    expect(ended.status).toMatch(/^clone failed: .*interrupted by signal$/);
    expect(await imagesOf(lab, 901)).toEqual([]);
    expect(lab.cluster.files.read("nodes/pve1/qemu-server/901.conf")).toBeUndefined();
    expect(heldLocks(lab.cluster)).toEqual([]);
  });

  test("ends one that waits for a lock, which stays with its owner", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    await lab.install("local:900/vm-900-disk-0.qcow2");
    await lab.task("POST", "/qemu/900/status/start");
    guestRuntime(lab.cluster).behave(900, { obeysShutdown: false });
    const shutdown = String(await lab.call("POST", "/qemu/900/status/shutdown", { timeout: 60 }));
    const waiting = await stopped(lab, "/qemu/900/status/stop", {});
    expect(waiting.status).toBe("received interrupt");
    const owner = lab.cluster.tasks.find(shutdown);
    expect(owner?.exitStatus).toBeUndefined();
    if (owner !== undefined) lab.cluster.tasks.stop(owner);
    expect((await lab.ended(shutdown)).status).toBe("received interrupt");
    expect(heldLocks(lab.cluster)).toEqual([]);
  });

  test("ends a migration where it stands: the machine stays, unlocked, and its copies go", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    const journey = { target: lab.other.name };
    const ended = await stopped(lab, "/qemu/900/migrate", journey, "copying local disk images");
    expect(ended.status).toBe("migration aborted");
    expect(await lab.config(900)).not.toHaveProperty("lock");
    expect(await volumes(lab.cluster).list(lab.other, "local", { vmid: 900 })).toEqual([]);
    expect(heldLocks(lab.cluster)).toEqual([]);
  });

  test("leaves a machine startable", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    expect((await stopped(lab, "/qemu/900/status/start", {})).status).toBe("received interrupt");
    expect((await lab.task("POST", "/qemu/900/status/start")).status).toBe("OK");
  });
});
