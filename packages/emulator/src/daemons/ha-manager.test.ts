import { rm } from "node:fs/promises";
import { VirtualClock } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { guestIndex } from "../guests/guest-index.ts";
import { guestRuntime, isRunning } from "../guests/running/guest-runtime.ts";
import { readManager } from "../ha/ha-status.ts";
import { requestHaState } from "../ha/ha-store.ts";
import { GuestLab, oneDisk } from "../qemu/fixtures/guest-lab.ts";
import { seedMembership } from "../seed/seed-cluster.ts";
import { volumes } from "../storage/volumes/volumes.ts";
import { haManager } from "./ha-manager.ts";

const start = "/qemu/900/status/start";
const stop = "/qemu/900/status/stop";

/** A lab with guest 900, which HA manages. */
async function labWith(state: "started" | "stopped" | "ignored", options: { clock?: VirtualClock } = {}) {
  const lab = new GuestLab(options);
  seedMembership(lab.cluster);
  await lab.task("POST", "/qemu", { vmid: 900, memory: 64 });
  lab.node.files.write("ha/resources.cfg", `vm: 900\n\tstate ${state}\n`);
  return lab;
}

async function ha(lab: GuestLab): Promise<unknown> {
  // as: this route answers an object.
  return ((await lab.call("GET", "/qemu/900/status/current")) as { ha: unknown }).ha;
}

function types(lab: GuestLab): string[] {
  return lab.cluster.tasks.of(lab.node.name).map(({ type, userid }) => `${type} ${userid}`);
}

const stateOf = (lab: GuestLab) => readManager(lab.cluster)?.service_status["vm:900"]?.state;

/** Lets everything happen that needs no clock. */
async function breathe(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(clock: VirtualClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await clock.advance(1000);
    await breathe();
  }
}

describe("a guest that HA manages", () => {
  test("is only asked to start, and starts in a round of the manager and one of its node", async () => {
    using lab = await labWith("stopped");
    await haManager(lab.cluster).settle();
    expect(await ha(lab)).toEqual({ managed: 1, state: "stopped" });
    const asked = await lab.task("POST", start);
    expect(asked.upid).toContain(":hastart:900:");
    expect(asked.log).toEqual(["Requesting HA start for VM 900", "TASK OK"]);
    expect(isRunning(lab.cluster, 900)).toBe(false);
    await haManager(lab.cluster).settle();
    expect(isRunning(lab.cluster, 900)).toBe(true);
    expect(await ha(lab)).toEqual({ managed: 1, state: "started" });
    expect(types(lab)).toContain("qmstart root@pam");
  });

  test("needs up to twenty seconds for it by the clock", async () => {
    const clock = new VirtualClock();
    using lab = await labWith("stopped", { clock });
    const rounds = haManager(lab.cluster).run();
    await pass(clock, 21);
    await lab.task("POST", start);
    await pass(clock, 3);
    expect(isRunning(lab.cluster, 900)).toBe(false);
    await pass(clock, 17);
    expect(isRunning(lab.cluster, 900)).toBe(true);
    lab.cluster.stop();
    await rounds;
  });

  test("is stopped and shut down by a request, too", async () => {
    using lab = await labWith("started");
    await haManager(lab.cluster).settle();
    expect(isRunning(lab.cluster, 900)).toBe(true);
    expect((await lab.task("POST", stop)).log[0]).toBe("Requesting HA stop for VM 900");
    expect(isRunning(lab.cluster, 900)).toBe(true);
    await haManager(lab.cluster).settle();
    expect(isRunning(lab.cluster, 900)).toBe(false);
    expect(types(lab)).toContain("qmstop root@pam");
    expect((await lab.task("POST", "/qemu/900/status/shutdown")).upid).toContain(":hastop:");
  });

  test("moves some rounds after it was asked to", async () => {
    using lab = await labWith("started");
    await haManager(lab.cluster).settle();
    const asked = await lab.task("POST", "/qemu/900/migrate", { target: lab.other.name, online: 1 });
    expect(asked.log[0]).toBe(`Requesting HA migration for VM 900 to node ${lab.other.name}`);
    expect(guestIndex(lab.cluster).find(900)?.node).toBe(lab.node.name);
    await haManager(lab.cluster).settle();
    expect(guestIndex(lab.cluster).find(900)?.node).toBe(lab.other.name);
    expect(isRunning(lab.cluster, 900)).toBe(true);
    expect(types(lab)).toContain("qmigrate root@pam");
    expect(stateOf(lab)).toBe("started");
  });

  test("is like any other while HA ignores it", async () => {
    using lab = await labWith("ignored");
    expect((await lab.task("POST", start)).upid).toContain(":qmstart:900:");
    expect(isRunning(lab.cluster, 900)).toBe(true);
    expect(await ha(lab)).toEqual({ managed: 0 });
    await haManager(lab.cluster).settle();
    expect(stateOf(lab)).toBeUndefined();
  });

  test("is started again when it stopped by itself", async () => {
    using lab = await labWith("started");
    await haManager(lab.cluster).settle();
    guestRuntime(lab.cluster).remove(900);
    await haManager(lab.cluster).settle();
    expect(isRunning(lab.cluster, 900)).toBe(true);
  });

  test("ends in an error when it cannot start, and is taken up again once it was disabled", async () => {
    using lab = await labWith("stopped");
    await lab.task("POST", "/qemu/900/config", oneDisk);
    await rm(volumes(lab.cluster).path(lab.node, "local:900/vm-900-disk-0.qcow2"));
    await lab.task("POST", start);
    await haManager(lab.cluster).settle();
    expect(stateOf(lab)).toBe("error");
    const refused = await lab.task("POST", start);
    expect(refused.status).toBe("command 'ha-manager set vm:900 --state started' failed: exit code 255");
    requestHaState(lab.cluster, lab.node, 900, "disabled");
    await haManager(lab.cluster).settle();
    expect(stateOf(lab)).toBe("stopped");
  });

  test("goes on elsewhere when its node is lost: fenced after a minute, moved after more than two", async () => {
    const clock = new VirtualClock();
    using lab = await labWith("started", { clock });
    lab.cluster.expectedVotes = 1;
    const rounds = haManager(lab.cluster).run();
    await pass(clock, 30);
    lab.node.linked = false;
    lab.node.linkChangedAt = clock.now();
    lab.node.stoppedServices.add("pve-ha-crm").add("pve-ha-lrm");
    await pass(clock, 40);
    expect(stateOf(lab)).toBe("started");
    await pass(clock, 40);
    expect(stateOf(lab)).toBe("fence");
    expect(isRunning(lab.cluster, 900)).toBe(false);
    await pass(clock, 90);
    expect(guestIndex(lab.cluster).find(900)?.node).toBe(lab.other.name);
    expect(isRunning(lab.cluster, 900)).toBe(true);
    lab.cluster.stop();
    await rounds;
  });

  test("goes with purge", async () => {
    using lab = await labWith("stopped");
    await haManager(lab.cluster).settle();
    await expect(lab.call("DELETE", "/qemu/900")).rejects.toThrow("used in HA resources and purge");
    const gone = await lab.task("DELETE", "/qemu/900", { purge: 1 });
    expect(gone.log).toContain("NOTE: removed VM 900 from HA resource configuration.");
    await haManager(lab.cluster).settle();
    expect(stateOf(lab)).toBeUndefined();
  });

  test("leaves nothing of HA's behind a quarter of an hour after it was the last", async () => {
    using lab = await labWith("stopped");
    await haManager(lab.cluster).settle();
    lab.node.files.write("ha/resources.cfg", "");
    for (let round = 0; round < 90; round += 1) haManager(lab.cluster).decide();
    expect(readManager(lab.cluster)).toBeDefined();
    haManager(lab.cluster).decide();
    expect(readManager(lab.cluster)).toBeUndefined();
    expect(lab.cluster.files.read("nodes/pve1/lrm_status")).toBeUndefined();
  });
});
