import { describe, expect, test } from "vitest";
import { volumes } from "../../storage/volumes/volumes.ts";
import { GuestLab, oneDisk } from "../fixtures/guest-lab.ts";

async function running(lab: GuestLab, options: Record<string, string | number> = {}): Promise<void> {
  await lab.task("POST", "/qemu", { vmid: 900, cores: 2, ...oneDisk, ...options });
  expect((await lab.task("POST", "/qemu/900/status/start")).status).toBe("OK");
}

describe("changing a machine that runs", () => {
  test("takes cpulimit and the name at once and keeps memory and cores for the next start", async () => {
    using lab = new GuestLab();
    await running(lab);
    await lab.call("PUT", "/qemu/900/config", { cpulimit: 0.5, name: "now", memory: 512, cores: 4 });
    expect(await lab.config(900, { current: 1 })).toMatchObject({
      cpulimit: "0.5",
      name: "now",
      memory: "256",
      cores: 2,
    });
    expect(await lab.config(900)).toMatchObject({ memory: "512", cores: 4 });
    expect(await lab.call("GET", "/qemu/900/pending")).toContainEqual({
      key: "memory",
      value: "256",
      pending: "512",
    });
    await lab.task("POST", "/qemu/900/status/stop");
    expect(await lab.config(900, { current: 1 })).toMatchObject({ memory: "512", cores: 4 });
  });

  test("takes a pending value back with revert", async () => {
    using lab = new GuestLab();
    await running(lab);
    await lab.call("PUT", "/qemu/900/config", { memory: 512 });
    await lab.call("PUT", "/qemu/900/config", { revert: "memory" });
    expect(await lab.call("GET", "/qemu/900/pending")).toContainEqual({ key: "memory", value: "256" });
  });

  test("plugs vCPUs only with hotplug=cpu, and never more than there are", async () => {
    using lab = new GuestLab();
    await running(lab, { hotplug: "cpu", vcpus: 1 });
    await lab.call("PUT", "/qemu/900/config", { vcpus: 2 });
    expect(await lab.config(900, { current: 1 })).toMatchObject({ vcpus: 2 });
    await expect(lab.call("PUT", "/qemu/900/config", { vcpus: 3 })).rejects.toMatchObject({
      status: 400,
      errors: { vcpus: "hotplug problem - you can't add more vcpus than maxcpus\n" },
    });
  });

  test("refuses to swap the boot disk, yet has the new one in force after the next stop", async () => {
    using lab = new GuestLab();
    await running(lab);
    const other = await volumes(lab.cluster).allocate(lab.node, "local", {
      vmid: 900,
      format: "qcow2",
      sizeBytes: 2 ** 30,
    });
    await expect(lab.call("PUT", "/qemu/900/config", { scsi0: other })).rejects.toMatchObject({
      errors: { scsi0: "hotplug problem - can't unplug bootdisk 'scsi0'\n" },
    });
    expect(await lab.config(900, { current: 1 })).toMatchObject({
      scsi0: "local:900/vm-900-disk-0.qcow2,size=1G",
    });
    await lab.task("POST", "/qemu/900/status/stop");
    expect(await lab.config(900)).toMatchObject({
      scsi0: `${other},size=1G`,
      unused0: "local:900/vm-900-disk-0.qcow2",
    });
  });
});

describe("changing a machine that stands still", () => {
  test("keeps a replaced disk as unused, gives it back on demand and frees it for good", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
    const store = volumes(lab.cluster);
    const other = await store.allocate(lab.node, "local", { vmid: 900, format: "qcow2", sizeBytes: 2 ** 30 });
    await lab.call("PUT", "/qemu/900/config", { scsi0: other });
    const former = "local:900/vm-900-disk-0.qcow2";
    expect(await lab.config(900)).toMatchObject({ scsi0: `${other},size=1G`, unused0: former });
    await lab.call("PUT", "/qemu/900/config", { scsi0: former });
    expect(await lab.config(900)).toMatchObject({ scsi0: `${former},size=1G`, unused0: other });
    await lab.call("PUT", "/qemu/900/config", { delete: "unused0" });
    expect(store.exists(lab.node, other)).toBe(false);
    expect(await lab.config(900)).not.toHaveProperty("unused0");
  });

  test("refuses locked and changed configurations, unknown options and empty requests in the genuine words", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900, name: "a", protection: 1, ...oneDisk });
    const put = (params: Record<string, string | number>) => lab.call("PUT", "/qemu/900/config", params);
    await expect(put({})).rejects.toThrow("no options specified");
    await expect(put({ cores: 2, digest: "0".repeat(40) })).rejects.toThrow(
      "checksum mismatch (file change by other user?)",
    );
    await expect(put({ delete: "nosuch" })).rejects.toMatchObject({
      errors: { delete: "unknown option 'nosuch'" },
    });
    await expect(put({ delete: "name", name: "x" })).rejects.toMatchObject({
      errors: { delete: "you can't use '-name' and -delete name' at the same time" },
    });
    await expect(put({ delete: "scsi0" })).rejects.toThrow(
      "can't remove drive 'scsi0' - protection mode enabled",
    );
    await put({ lock: "backup" });
    await expect(put({ cores: 2 })).rejects.toThrow("VM is locked (backup)");
    expect(await put({ delete: "lock", skiplock: 1 })).toBeNull();
    await expect(lab.call("DELETE", "/qemu/900")).rejects.toThrow(
      "can't remove VM 900 - protection mode enabled",
    );
  });

  test("answers null when a background change ends in time", async () => {
    using lab = new GuestLab();
    await lab.task("POST", "/qemu", { vmid: 900 });
    expect(await lab.call("POST", "/qemu/900/config", { cores: 2, background_delay: 5 })).toBeNull();
    expect((await lab.task("POST", "/qemu/900/config", { cores: 1 })).log).toEqual([
      "update VM 900: -cores 1",
      "TASK OK",
    ]);
  });
});
