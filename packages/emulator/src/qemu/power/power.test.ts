import { mkdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { VirtualClock } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { guestHistory } from "../../guests/guest-history.ts";
import { GuestRuntime, guestRuntime } from "../../guests/running/guest-runtime.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { GuestLab, oneDisk } from "../fixtures/guest-lab.ts";
import { historyFigures } from "../status/history-figures.ts";

const disk = "local:900/vm-900-disk-0.qcow2";

/** Moves the clock whenever somebody waits for it, until the task has ended. */
async function endedLater(lab: GuestLab, clock: VirtualClock, upid: string) {
  let open = true;
  const ended = lab.ended(upid).finally(() => {
    open = false;
  });
  while (open) {
    if (clock.sleepers > 0) await clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return await ended;
}

async function start(
  lab: GuestLab,
  bootable: boolean,
  options: Record<string, string | number> = {},
): Promise<void> {
  await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk, ...options });
  if (bootable) await lab.install(disk);
  expect((await lab.task("POST", "/qemu/900/status/start")).status).toBe("OK");
}

describe("starting and stopping", () => {
  test("an empty disk holds no system: the shutdown request is ignored until its time is up", async () => {
    const clock = new VirtualClock();
    using lab = new GuestLab({ clock });
    await start(lab, false);
    const begun = clock.now();
    const upid = String(await lab.call("POST", "/qemu/900/status/shutdown", { timeout: 3 }));
    expect((await endedLater(lab, clock, upid)).status).toBe("VM quit/powerdown failed - got timeout");
    expect(clock.now() - begun).toBeGreaterThanOrEqual(3000);
    expect(guestRuntime(lab.cluster).get(900)).toBeDefined();
  });

  test("forceStop pulls the plug after the time-out", async () => {
    const clock = new VirtualClock();
    using lab = new GuestLab({ clock });
    await start(lab, false, { agent: "1" });
    const upid = String(await lab.call("POST", "/qemu/900/status/shutdown", { timeout: 2, forceStop: 1 }));
    expect((await endedLater(lab, clock, upid)).log).toEqual([
      "QEMU Guest Agent is not running - VM 900 qga command 'guest-ping' failed - got timeout",
      "VM still running - terminating now with SIGTERM",
      "TASK OK",
    ]);
    expect(guestRuntime(lab.cluster).get(900)).toBeUndefined();
  });

  test.each([
    ["order=ide2;scsi0", "the CD is first"],
    ["order=scsi0;ide2", "the disk is empty"],
    ["cdn", "the old letters try it after the disk"],
  ])("a system from a CD shuts down at once but has no agent: boot %s, since %s", async (boot) => {
    using lab = new GuestLab();
    const folder = join(lab.node.root, "var/lib/vz/template/iso");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "install.iso"), "any system");
    await start(lab, false, { agent: "enabled=yes", ide2: "local:iso/install.iso,media=cdrom", boot });
    await expect(lab.call("POST", "/qemu/900/agent/ping")).rejects.toThrow("QEMU guest agent is not running");
    guestRuntime(lab.cluster).behave(900, { agent: true });
    await lab.call("POST", "/qemu/900/agent/ping");
    await lab.call("PUT", "/qemu/900/config", { scsi1: "local:1,ssd=on,iothread=No" });
    expect(await lab.config(900)).toMatchObject({
      scsi1: "local:900/vm-900-disk-1.raw,iothread=0,size=1G,ssd=1",
    });
    await lab.call("PUT", "/qemu/900/config", { delete: "scsi1" });
    expect(await lab.config(900)).toMatchObject({ unused0: "local:900/vm-900-disk-1.raw" });
    expect((await lab.task("POST", "/qemu/900/status/shutdown")).status).toBe("OK");
  });

  test.each(["8.4", "9.2"] as const)("a linked clone of %s boots its template's system", async (pve) => {
    using lab = new GuestLab({ pve });
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    await lab.install(disk);
    await lab.call("POST", "/qemu/900/template");
    await lab.task("POST", "/qemu/900/clone", { newid: 901 });
    await lab.task("POST", "/qemu/901/status/start");
    expect(guestRuntime(lab.cluster).get(901)?.hasSystem).toBe(true);
  });

  test("a system on the disk answers its agent and shuts down when asked", async () => {
    using lab = new GuestLab();
    await start(lab, true, {
      agent: "1",
      net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0",
      ipconfig0: "ip=192.0.2.50/24",
    });
    expect(await lab.call("POST", "/qemu/900/agent/ping")).toEqual({ result: {} });
    expect(await lab.call("GET", "/qemu/900/agent/network-get-interfaces")).toMatchObject({
      result: [
        { name: "lo" },
        { name: "eth0", "ip-addresses": [{ "ip-address": "192.0.2.50", prefix: 24 }, {}] },
      ],
    });
    const started = await lab.call("POST", "/qemu/900/agent/exec", { command: "hostname" });
    // as: the route answers this.
    const { pid } = started as { pid: number };
    expect(await lab.call("GET", "/qemu/900/agent/exec-status", { pid })).toMatchObject({
      exited: 1,
      exitcode: 0,
      "out-data": "vm900\n",
    });
    expect((await lab.task("POST", "/qemu/900/status/shutdown")).status).toBe("OK");
    await expect(lab.call("POST", "/qemu/900/agent/ping")).rejects.toThrow("VM 900 is not running");
  });

  test("refusals come in the genuine place: some at once, some in the task", async () => {
    using lab = new GuestLab();
    await start(lab, false);
    expect((await lab.task("POST", "/qemu/900/status/start")).status).toBe("VM 900 already running");
    await expect(lab.call("DELETE", "/qemu/900")).rejects.toThrow("VM 900 is running - destroy failed");
    await lab.task("POST", "/qemu/900/status/suspend");
    await expect(lab.call("POST", "/qemu/900/status/shutdown")).rejects.toThrow(
      "VM is paused - cannot shutdown",
    );
    await lab.task("POST", "/qemu/900/status/stop");
    expect((await lab.task("POST", "/qemu/900/status/stop")).status).toBe("OK");
    await expect(lab.call("POST", "/qemu/900/status/reset")).rejects.toThrow("VM 900 not running");
    await lab.call("PUT", "/qemu/900/config", { cores: 3 });
    expect((await lab.task("POST", "/qemu/900/status/start")).status).toBe(
      "MAX 2 vcpus allowed per VM on this node",
    );
  });

  test("a machine that ran still runs after a restart", async () => {
    using lab = new GuestLab();
    await start(lab, false);
    expect(new GuestRuntime(lab.cluster).get(900)).toEqual(guestRuntime(lab.cluster).get(900));
  });

  test("cpu is the demand bounded by the vCPUs and the limit, and 0 at the first question", async () => {
    const clock = new VirtualClock();
    using lab = new GuestLab({ clock });
    await start(lab, false, { cores: 2, cpulimit: 1 });
    guestRuntime(lab.cluster).behave(900, { cpuDemand: 5 });
    const cpu = async () => (await lab.call("GET", "/qemu/900/status/current")) as { cpu: number }; // as: the route answers this
    expect((await cpu()).cpu).toBe(0);
    await clock.advance(6000);
    expect((await cpu()).cpu).toBe(0.5);
  });

  test("a minute's history shows what the machine used", async () => {
    const clock = new VirtualClock();
    using lab = new GuestLab({ clock });
    await start(lab, false, { cores: 2 });
    guestRuntime(lab.cluster).behave(900, { cpuDemand: 1, memoryBytes: 1000 });
    guestHistory(lab.cluster).note(900, historyFigures(lab.cluster, lab.node.name, 900) ?? {});
    const rows = await lab.call("GET", "/qemu/900/rrddata", { timeframe: "hour" });
    expect(rows).toHaveLength(60);
    expect(rows).toContainEqual(expect.objectContaining({ cpu: 0.5, mem: 1000, maxcpu: 2 }));
  });

  test("an overlay whose base is gone does not start, and the log says which file was missing", async () => {
    using lab = new GuestLab({ pve: "8.4" });
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    await lab.task("POST", "/qemu/900/template");
    await lab.task("POST", "/qemu/900/clone", { newid: 911 });
    await rm(volumes(lab.cluster).path(lab.node, "local:900/base-900-disk-0.qcow2"));
    const ended = await lab.task("POST", "/qemu/911/status/start");
    expect(ended.status).toBe("start failed: QEMU exited with code 1");
    expect(ended.log[0]).toContain(
      "Could not open '/var/lib/vz/images/911/../900/base-900-disk-0.qcow2': No such file or directory",
    );
  });

  test("a machine on a bridge that the node does not have is made, does not start, and only the log says why", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk, net0: "virtio,bridge=vmbr7" });
    const started = () => lab.task("POST", "/qemu/900/status/start");
    const { status, log } = await started();
    expect(status).toBe("start failed: QEMU exited with code 1");
    expect(log).toEqual([
      "bridge 'vmbr7' does not exist",
      expect.stringMatching(/^kvm: -netdev type=tap,id=net0,.* failed with status 512$/),
      "TASK ERROR: start failed: QEMU exited with code 1",
    ]);
    lab.cluster.files.write("sdn/vnets.cfg", "vnet: vmbr7\n\tzone simple\n");
    expect((await started()).status).toBe("OK");
  });
});
