import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFile } from "../../storage/catalog/node-path.ts";
import { GuestLab } from "../fixtures/guest-lab.ts";

/** Lays a file into the node's own tree. */
function plant(lab: GuestLab, path: string, content: string | Buffer): string {
  const real = join(lab.node.root, path);
  mkdirSync(join(real, ".."), { recursive: true });
  writeFileSync(real, content);
  return real;
}

function make(...args: readonly string[]): void {
  execFileSync("qemu-img", ["create", "-q", ...args]);
}

/** What a guest sees on its disk. */
function diskOf(lab: GuestLab, path: string): Buffer {
  const raw = join(lab.cluster.data, "seen.raw");
  execFileSync("qemu-img", ["convert", "-O", "raw", join(lab.node.root, path), raw]);
  return execFileSync("cat", [raw]);
}

describe("importing a disk from a path", () => {
  test("takes the node's file and its exact size", async () => {
    using lab = new GuestLab();
    plant(lab, "root/seed.img", Buffer.alloc(2560, "seed"));
    const { log } = await lab.task("POST", "/qemu", {
      vmid: 100,
      scsi0: "local:0,import-from=/root/seed.img",
    });
    expect(log).toContain("scsi0: successfully created disk 'local:100/vm-100-disk-0.raw,size=2560'");
    const disk = diskOf(lab, "var/lib/vz/images/100/vm-100-disk-0.raw");
    expect(disk.equals(Buffer.alloc(2560, "seed"))).toBe(true);
  });

  test("never takes a file of this machine: not by its path, not by `..`, not by a link", async () => {
    using lab = new GuestLab();
    mkdirSync(join(lab.node.root, "root"), { recursive: true });
    symlinkSync("/etc/hostname", join(lab.node.root, "root/link"));
    symlinkSync("../../../../../../../../../etc", join(lab.node.root, "root/up"));
    for (const source of [
      "/etc/hostname",
      "/root/../../../../etc/hostname",
      "/root/link",
      "/root/up/hostname",
    ]) {
      const { status } = await lab.task("POST", "/qemu", {
        vmid: 100,
        scsi0: `local:0,import-from=${source}`,
      });
      expect(status).toBe(`unable to create VM 100 - can't find file '${source}'`);
    }
  });

  test("refuses an image that leans on another file", async () => {
    using lab = new GuestLab();
    const base = plant(lab, "root/base.raw", Buffer.alloc(4096));
    make("-f", "qcow2", "-b", base, "-F", "raw", join(lab.node.root, "root/overlay.qcow2"));
    make("-f", "qcow2", "-o", `data_file=${base}`, join(lab.node.root, "root/apart.qcow2"), "4096");
    make("-f", "vmdk", "-o", "subformat=monolithicFlat", join(lab.node.root, "root/flat.vmdk"), "1M");
    const words = {
      "overlay.qcow2": "backing file not allowed for untrusted image '/root/overlay.qcow2'!",
      "apart.qcow2": "/root/apart.qcow2: 'data-file' references are not allowed!",
      "flat.vmdk": "/root/flat.vmdk: multiple children or extents are not allowed!",
    };
    for (const [name, text] of Object.entries(words)) {
      const { status } = await lab.task("POST", "/qemu", {
        vmid: 100,
        scsi0: `local:0,import-from=/root/${name}`,
      });
      expect(status).toBe(`unable to create VM 100 - ${text}`);
    }
  });

  test("writes the size of the image, not that of the larger volume it got", async () => {
    using lab = new GuestLab();
    plant(lab, "root/seed.img", Buffer.alloc(2560, "seed"));
    await lab.call("POST", "/qemu", { vmid: 100 }).then((upid) => lab.ended(String(upid)));
    await lab.call("PUT", "/qemu/100/config", { scsi0: "thin:0,import-from=/root/seed.img" });
    expect(await lab.config(100)).toMatchObject({ scsi0: "thin:vm-100-disk-0,size=2560" });
  });
});

describe("a disk that leads out of the node", () => {
  test.each<[string, (real: string, host: string) => void]>([
    ["by its backing file", (real, host) => make("-f", "qcow2", "-u", "-b", host, "-F", "raw", real, "1M")],
    ["by its data file", (real, host) => make("-f", "qcow2", "-o", `data_file=${host}`, real, "1M")],
    ["since it is a link", (real, host) => symlinkSync(host, real)],
  ])("%s is not copied", async (_, lead) => {
    using lab = new GuestLab();
    const outside = mkdtempSync(join(tmpdir(), "coppice-host-"));
    const host = join(outside, "secret");
    writeFileSync(host, Buffer.alloc(1024 ** 2, "secret"));
    await lab.task("POST", "/qemu", { vmid: 100, scsi0: "local:1,format=qcow2" });
    const real = join(lab.node.root, "var/lib/vz/images/100/vm-100-disk-0.qcow2");
    rmSync(real);
    lead(real, host);
    const { status } = await lab.task("POST", "/qemu/100/clone", { newid: 101, full: 1 });
    expect(status).toMatch(/Could not open|'data-file' references are not allowed/);
    expect(existsSync(join(lab.node.root, "var/lib/vz/images/101"))).toBe(false);
    rmSync(outside, { recursive: true });
  });
});

describe("a path of a node", () => {
  test("follows links inside the node, into the cluster's files and into shared storages", () => {
    using lab = new GuestLab();
    const target = plant(lab, "srv/real", "x");
    symlinkSync("/srv", join(lab.node.root, "short"));
    symlinkSync("short/../srv/real", join(lab.node.root, "round"));
    symlinkSync("loop", join(lab.node.root, "loop"));
    lab.cluster.files.write("some.cfg", "x");
    expect(nodeFile(lab.cluster, lab.node, "/short/real")).toBe(target);
    expect(nodeFile(lab.cluster, lab.node, "/round")).toBe(target);
    expect(nodeFile(lab.cluster, lab.node, "/etc/pve/some.cfg")).toBe(
      join(lab.cluster.files.folder, "some.cfg"),
    );
    expect(nodeFile(lab.cluster, lab.node, "/loop")).toBeUndefined();
    expect(nodeFile(lab.cluster, lab.node, "/srv")).toBeUndefined();
  });
});
