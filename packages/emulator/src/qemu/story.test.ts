import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { heldLocks } from "../cluster/locks.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { volumes } from "../storage/volumes/volumes.ts";
import { findConfig } from "./config/config-file.ts";
import { parseDrive, storageOf } from "./config/drive.ts";
import { parseDriveSize } from "./config/drive-size.ts";
import { GuestLab, oneDisk } from "./fixtures/guest-lab.ts";
import { isDriveName } from "./options/drive-names.ts";

/** Every volume that a configuration, a snapshot or an unused slot names, with the size it claims. */
function claimed(lab: GuestLab): Map<string, number | undefined> {
  const found = new Map<string, number | undefined>();
  for (const { vmid, node } of guestIndex(lab.cluster).list()) {
    const config = findConfig(lab.cluster, node, vmid);
    for (const section of [config?.values ?? {}, ...Object.values(config?.snapshots ?? {})]) {
      for (const [key, value] of Object.entries(section)) {
        const drive = parseDrive(value);
        if ((!isDriveName(key) && !key.startsWith("unused")) || storageOf(drive.file) === undefined) continue;
        const size = section === config?.values ? parseDriveSize(drive["size"] ?? "") : undefined;
        found.set(
          volumes(lab.cluster).path(lab.cluster.node(node), drive.file),
          size ?? found.get(drive.file),
        );
      }
    }
  }
  return found;
}

function files(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name));
}

/** What must be true whenever nothing is going on. */
function checkInvariants(lab: GuestLab): void {
  const named = claimed(lab);
  for (const [path, size] of named) {
    const told = execFileSync("qemu-img", ["info", "-U", "--output=json", path], { encoding: "utf8" });
    // as: qemu-img prints one JSON object.
    const info = JSON.parse(told) as Record<string, unknown>;
    if (size !== undefined) expect(info["virtual-size"], path).toBe(size);
  }
  const roots = [lab.node, lab.other].map((node) => join(node.root, "var/lib/vz/images"));
  const present = [...roots, join(lab.cluster.data, "shared/nas/images")].flatMap(files);
  expect(present.sort()).toEqual([...named.keys()].sort());
  expect(lab.cluster.tasks.running()).toEqual([]);
  expect(heldLocks(lab.cluster)).toEqual([]);
  for (const { vmid, node } of guestIndex(lab.cluster).list()) {
    expect(findConfig(lab.cluster, node, vmid)?.values).not.toHaveProperty("lock");
  }
}

async function ok(work: Promise<{ status: string }>): Promise<void> {
  expect((await work).status).toBe("OK");
}

describe("a story of machines", () => {
  test("leaves each disk where a configuration names it and nothing else", async () => {
    using lab = new GuestLab();
    await ok(
      lab.task("POST", "/qemu", {
        vmid: 900,
        name: "base",
        ide2: "local:cloudinit",
        net0: "virtio,bridge=vmbr0",
        ...oneDisk,
      }),
    );
    await ok(lab.task("POST", "/qemu/900/template"));
    await Promise.all(
      [911, 912, 913].map((newid) =>
        ok(lab.task("POST", "/qemu/900/clone", { newid, name: `seat-${newid}` })),
      ),
    );
    checkInvariants(lab);
    await ok(lab.task("POST", "/qemu/911/snapshot", { snapname: "before", description: "exam" }));
    await ok(lab.task("POST", "/qemu/911/config", { scsi1: "local:1,format=qcow2" }));
    await ok(lab.task("POST", "/qemu/911/snapshot/before/rollback"));
    checkInvariants(lab);
    expect(await lab.config(911)).toMatchObject({
      parent: "before",
      unused0: "local:911/vm-911-disk-1.qcow2",
    });
    await ok(lab.task("DELETE", "/qemu/911/snapshot/before"));
    await ok(lab.task("PUT", "/qemu/912/resize", { disk: "scsi0", size: "+1G" }));
    await ok(
      lab.task("POST", "/qemu/912/move_disk", { disk: "scsi0", storage: "nas", format: "raw", delete: 1 }),
    );
    checkInvariants(lab);
    expect((await lab.task("DELETE", "/qemu/900")).status).toBe(
      "base volume 'local:900/base-900-disk-0.qcow2' is still in use by linked cloned",
    );
    for (const vmid of [911, 912, 913])
      await ok(lab.task("DELETE", `/qemu/${vmid}`, { purge: 1, "destroy-unreferenced-disks": 1 }));
    await ok(lab.task("DELETE", "/qemu/900"));
    checkInvariants(lab);
    expect(claimed(lab).size).toBe(0);
  });

  test("a full clone from a snapshot holds what the snapshot held", async () => {
    using lab = new GuestLab();
    await ok(lab.task("POST", "/qemu", { vmid: 900, ...oneDisk }));
    await lab.install("local:900/vm-900-disk-0.qcow2");
    await ok(lab.task("POST", "/qemu/900/snapshot", { snapname: "installed" }));
    await volumes(lab.cluster).writeContent(lab.node, "local:900/vm-900-disk-0.qcow2", Buffer.alloc(512));
    await ok(lab.task("POST", "/qemu/900/clone", { newid: 901, full: 1, snapname: "installed" }));
    await ok(lab.task("POST", "/qemu/900/clone", { newid: 902, full: 1 }));
    for (const vmid of [901, 902]) {
      await lab.call("PUT", `/qemu/${vmid}/config`, { agent: "1" });
      await ok(lab.task("POST", `/qemu/${vmid}/status/start`));
    }
    expect(await lab.call("POST", "/qemu/901/agent/ping")).toEqual({ result: {} });
    await expect(lab.call("POST", "/qemu/902/agent/ping")).rejects.toThrow("QEMU guest agent is not running");
  });

  test("a machine on shared storage moves, a local linked clone does not, and a refused journey leaves all as it was", async () => {
    using lab = new GuestLab();
    await ok(lab.task("POST", "/qemu", { vmid: 900, ...oneDisk }));
    await ok(lab.task("POST", "/qemu/900/template"));
    await ok(lab.task("POST", "/qemu/900/clone", { newid: 911 }));
    await ok(lab.task("POST", "/qemu", { vmid: 400, memory: 256, scsi0: "nas:1,format=qcow2" }));
    const refused = await lab.task("POST", "/qemu/911/migrate", { target: "pve2" });
    expect(refused.status).toBe("migration aborted");
    expect(refused.log.join("\n")).toContain("as it's a clone of 'base-900-disk-0.qcow2'");
    checkInvariants(lab);
    await ok(lab.task("POST", "/qemu/400/status/start"));
    await expect(lab.call("POST", "/qemu/400/migrate", { target: "pve2" })).rejects.toThrow(
      "can't migrate running VM without --online",
    );
    await ok(lab.task("POST", "/qemu/400/migrate", { target: "pve2", online: 1 }));
    expect(guestIndex(lab.cluster).find(400)?.node).toBe("pve2");
    expect(await lab.call("GET", "/qemu/400/status/current", {}, lab.other)).toMatchObject({
      status: "running",
    });
    await ok(lab.task("POST", "/qemu", { vmid: 401, ...oneDisk }));
    await ok(lab.task("POST", "/qemu/401/migrate", { target: "pve2" }));
    checkInvariants(lab);
  });

  test("25 linked clones at once all come out, each with its own disk and MAC", async () => {
    using lab = new GuestLab({ pve: "8.4" });
    await ok(lab.task("POST", "/qemu", { vmid: 900, net0: "virtio,bridge=vmbr0", ...oneDisk }));
    await ok(lab.task("POST", "/qemu/900/template"));
    const ids = Array.from({ length: 25 }, (_, index) => 1000 + index);
    await Promise.all(ids.map((newid) => ok(lab.task("POST", "/qemu/900/clone", { newid }))));
    const nets = await Promise.all(ids.map(async (vmid) => (await lab.config(vmid))["net0"]));
    expect(new Set(nets).size).toBe(25);
    checkInvariants(lab);
  });

  test("snapshots are refused in the genuine words", async () => {
    using lab = new GuestLab();
    await ok(lab.task("POST", "/qemu", { vmid: 900, ...oneDisk }));
    await ok(lab.task("POST", "/qemu/900/snapshot", { snapname: "s1" }));
    expect((await lab.task("POST", "/qemu/900/snapshot", { snapname: "s1" })).status).toBe(
      "snapshot name 's1' already used",
    );
    expect((await lab.task("DELETE", "/qemu/900/snapshot/s9")).status).toBe("snapshot 's9' does not exist");
    expect((await lab.task("POST", "/qemu/900/snapshot/s9/rollback")).status).toBe(
      "snapshot 's9' does not exist",
    );
    await expect(lab.call("POST", "/qemu/900/snapshot", { snapname: "current" })).rejects.toThrow(
      "unable to use snapshot name 'current' (reserved name)",
    );
    await expect(lab.call("POST", "/qemu/900/template")).rejects.toThrow(
      "unable to create template, because VM contains snapshots",
    );
    expect(await lab.call("GET", "/qemu/900/snapshot")).toEqual([
      { name: "s1", snaptime: expect.any(Number), vmstate: 0, description: "" },
      { name: "current", digest: expect.any(String), running: 0, parent: "s1", description: "You are here!" },
    ]);
  });
});
