import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FaultSource } from "../../kernel/fault-source.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { configPath } from "../config/config-file.ts";
import { GuestLab, oneDisk } from "../fixtures/guest-lab.ts";

describe("creating a machine", () => {
  test("fills in what was not said: MAC, ids, size, boot order", async () => {
    using lab = new GuestLab();
    const ended = await lab.task("POST", "/qemu", {
      vmid: 900,
      name: "base",
      net0: "virtio,bridge=vmbr0",
      tags: "lab;base",
      ...oneDisk,
    });
    expect(ended.status).toBe("OK");
    expect(ended.log.slice(1)).toEqual([
      "scsi0: successfully created disk 'local:900/vm-900-disk-0.qcow2,size=1G'",
      "TASK OK",
    ]);
    const config = await lab.config(900);
    expect(config).toMatchObject({
      memory: "256",
      tags: "base;lab",
      boot: "order=scsi0;net0",
      scsi0: "local:900/vm-900-disk-0.qcow2,size=1G",
    });
    expect(config["net0"]).toMatch(/^virtio=BC:24:11(:[0-9A-F]{2}){3},bridge=vmbr0$/);
    expect(config["smbios1"]).toMatch(/^uuid=[0-9a-f-]{36}$/);
    expect(config["meta"]).toMatch(/^creation-qemu=10\.0\.13,ctime=\d+$/);
  });

  test("lets exactly one of five callers have an id", async () => {
    using lab = new GuestLab();
    const calls = Array.from({ length: 5 }, () => lab.call("POST", "/qemu", { vmid: 1999 }));
    const outcomes = await Promise.allSettled(calls);
    const refusals = outcomes
      .filter((outcome) => outcome.status === "rejected")
      .map(({ reason }) => (reason instanceof Error ? reason.message : ""));
    expect(refusals).toEqual(
      Array(4).fill("unable to create VM 1999 - VM 1999 already exists on node 'pve1'"),
    );
  });

  test("shows nothing but its lock until the task ends", async () => {
    using lab = new GuestLab();
    const upid = String(await lab.call("POST", "/qemu", { vmid: 900, ...oneDisk }));
    expect(await lab.config(900)).toEqual({ lock: "create", digest: expect.any(String) });
    expect((await lab.ended(upid)).status).toBe("OK");
    expect(await lab.config(900)).not.toHaveProperty("lock");
  });

  test("leaves nothing of its own when a later disk fails", async () => {
    using lab = new GuestLab();
    const ended = await lab.task("POST", "/qemu", {
      vmid: 900,
      ...oneDisk,
      scsi1: "local:900/vm-900-disk-7.qcow2",
    });
    expect(ended.status).toBe(
      "unable to create VM 900 - volume 'local:900/vm-900-disk-7.qcow2' does not exist",
    );
    expect(lab.cluster.files.read(configPath("pve1", 900))).toBeUndefined();
    expect(existsSync(volumes(lab.cluster).path(lab.node, "local:900/vm-900-disk-0.qcow2"))).toBe(false);
  });

  test("leaves a locked shell of a machine when the worker is lost, which only skiplock removes", async () => {
    let lost = true;
    const faults: FaultSource = { take: (point) => (point === "fork" && lost ? { lost: true } : undefined) };
    using lab = new GuestLab({ faults });
    await expect(lab.call("POST", "/qemu", { vmid: 900 })).rejects.toThrow(
      "got no worker upid - start worker failed",
    );
    lost = false;
    expect(await lab.config(900)).toMatchObject({ lock: "create" });
    expect((await lab.task("DELETE", "/qemu/900")).status).toBe("VM is locked (create)");
    expect((await lab.task("DELETE", "/qemu/900", { skiplock: 1 })).status).toBe("OK");
  });

  test("takes over an overlay under its linked-clone name and never frees it on failure", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    await lab.task("POST", "/qemu/900/template");
    const overlay = await volumes(lab.cluster).cloneImage(lab.node, "local:900/base-900-disk-0.qcow2", 911);
    expect(overlay).toBe("local:900/base-900-disk-0.qcow2/911/vm-911-disk-0.qcow2");
    const failed = await lab.task("POST", "/qemu", {
      vmid: 911,
      scsi0: overlay,
      scsi1: "local:911/vm-911-disk-7.qcow2",
    });
    expect(failed.status).toContain("does not exist");
    expect(volumes(lab.cluster).exists(lab.node, overlay)).toBe(true);
    expect((await lab.task("POST", "/qemu", { vmid: 911, scsi0: overlay })).status).toBe("OK");
    expect((await lab.config(911))["scsi0"]).toBe(`${overlay},size=1G`);
  });

  test("keeps root's options from root's tokens", async () => {
    using lab = new GuestLab();
    lab.as("root@pam!ci");
    await expect(lab.call("POST", "/qemu", { vmid: 900, args: "-x" })).rejects.toMatchObject({ status: 403 });
  });
});
