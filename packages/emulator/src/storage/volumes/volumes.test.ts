import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { smallCluster } from "../fixtures/small-cluster.ts";
import { volumes } from "./volumes.ts";

const gib = 1024 ** 3;

describe("volumes on a folder", () => {
  test("are made by qemu-img with the mode and the line of the genuine node", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const lines: string[] = [];
    const volid = await all.allocate(
      small.node,
      "local",
      { vmid: 100, format: "qcow2", sizeBytes: gib },
      (line) => lines.push(line),
    );
    expect(volid).toBe("local:100/vm-100-disk-0.qcow2");
    expect(lines).toEqual([
      "Formatting '/var/lib/vz/images/100/vm-100-disk-0.qcow2', fmt=qcow2 cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=1073741824 lazy_refcounts=off refcount_bits=16",
    ]);
    expect(statSync(all.path(small.node, volid)).mode & 0o777).toBe(0o640);
    expect(statSync(dirname(all.path(small.node, volid))).mode & 0o777).toBe(0o740);
    expect(await all.info(small.node, volid)).toMatchObject({ size: gib, format: "qcow2", used: 331776 });
  });

  test("get the next free number, whatever the format", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const make = (format: "raw" | "qcow2") =>
      all.allocate(small.node, "local", { vmid: 100, format, sizeBytes: 4096 });
    expect([await make("raw"), await make("raw"), await make("qcow2")]).toEqual([
      "local:100/vm-100-disk-0.raw",
      "local:100/vm-100-disk-1.raw",
      "local:100/vm-100-disk-2.qcow2",
    ]);
  });

  test("become bases whose clones name them, and which cannot go while a clone lives", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const volid = await all.allocate(small.node, "local", { vmid: 900, format: "qcow2", sizeBytes: gib });
    const base = await all.createBase(small.node, volid);
    expect(base).toBe("local:900/base-900-disk-0.qcow2");
    expect(statSync(all.path(small.node, base)).mode & 0o777).toBe(0o444);
    const lines: string[] = [];
    const clone = await all.cloneImage(small.node, base, 911, undefined, (line) => lines.push(line));
    expect(clone).toBe("local:900/base-900-disk-0.qcow2/911/vm-911-disk-0.qcow2");
    expect(lines[1]).toContain("cluster_size=131072 extended_l2=on preallocation=metadata");
    expect((await all.list(small.node, "local")).map((entry) => entry.volid)).toEqual([base, clone]);
    await expect(all.free(small.node, base)).rejects.toThrow(
      "base volume '900/base-900-disk-0.qcow2' is still in use by linked clones",
    );
    await all.free(small.node, clone);
    expect(existsSync(dirname(all.path(small.node, clone)))).toBe(false);
    await all.free(small.node, base);
    expect(await all.list(small.node, "local")).toEqual([]);
  });

  test("are cloned without options by 8.4", async () => {
    using small = smallCluster({ pve: "8.4" });
    const all = volumes(small.cluster);
    const base = await all.createBase(
      small.node,
      await all.allocate(small.node, "local", { vmid: 900, format: "qcow2", sizeBytes: gib }),
    );
    const lines: string[] = [];
    await all.cloneImage(small.node, base, 911, undefined, (line) => lines.push(line));
    expect(lines[1]).toContain("cluster_size=65536 extended_l2=off compression_type=zlib");
  });

  test("with an absolute backing path list in the short form and do not protect their base", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const base = await all.createBase(
      small.node,
      await all.allocate(small.node, "local", { vmid: 900, format: "qcow2", sizeBytes: gib }),
    );
    const overlay = all.path(small.node, "local:910/vm-910-disk-0.qcow2");
    mkdirSync(dirname(overlay), { recursive: true });
    execFileSync("qemu-img", [
      "create",
      "-q",
      "-f",
      "qcow2",
      "-F",
      "qcow2",
      "-b",
      all.path(small.node, base),
      overlay,
    ]);
    const [, entry] = await all.list(small.node, "local");
    expect(entry).toMatchObject({
      volid: "local:910/vm-910-disk-0.qcow2",
      parent: all.path(small.node, base),
    });
    expect(await all.isBaseInUse(small.node, base)).toBe(false);
  });

  test("whose content is not what their name says are listed as invalid", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const path = all.path(small.node, "local:100/vm-100-disk-0.qcow2");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "no image at all");
    expect(await all.list(small.node, "local")).toMatchObject([{ format: "invalid", size: 512 }]);
  });

  test("refuse to grow a base, as the immutable attribute would", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const base = await all.createBase(
      small.node,
      await all.allocate(small.node, "local", { vmid: 900, format: "qcow2", sizeBytes: gib }),
    );
    await expect(all.resize(small.node, base, 2 * gib)).rejects.toThrow(
      "command '/usr/bin/qemu-img resize '--preallocation=metadata' -f qcow2 /var/lib/vz/images/900/base-900-disk-0.qcow2 2147483648' failed: exit code 1",
    );
  });

  test("grow, take snapshots and give them back", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const volid = await all.allocate(small.node, "local", { vmid: 100, format: "qcow2", sizeBytes: gib });
    await all.snapshot(small.node, volid, "s1");
    await all.rollbackSnapshot(small.node, volid, "s1");
    await all.deleteSnapshot(small.node, volid, "s1");
    await all.resize(small.node, volid, 2 * gib);
    expect((await all.info(small.node, volid)).size).toBe(2 * gib);
  });

  test("are copied in full, between formats and storages", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const volid = await all.allocate(small.node, "local", {
      vmid: 100,
      format: "qcow2",
      sizeBytes: 8 * 1024 ** 2,
    });
    await all.writeContent(small.node, volid, Buffer.from("data that must arrive"));
    const copy = await all.copy(small.node, volid, { storage: "thin", vmid: 101 });
    expect(copy).toBe("thin:vm-101-disk-0");
    const start = execFileSync("head", ["-c", "21", all.path(small.node, copy)], { encoding: "utf8" });
    expect(start).toBe("data that must arrive");
  });

  test("on shared storages are the same for every node, local ones are not", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const shared = await all.allocate(small.node, "nas", { vmid: 100, format: "raw", sizeBytes: 4096 });
    const local = await all.allocate(small.node, "local", { vmid: 100, format: "raw", sizeBytes: 4096 });
    expect([all.exists(small.other, shared), all.exists(small.other, local)]).toEqual([true, false]);
  });
});

describe("volumes of a thin pool", () => {
  test("have no extension, clone without naming their base, and let the base go", async () => {
    using small = smallCluster();
    const all = volumes(small.cluster);
    const volid = await all.allocate(small.node, "thin", { vmid: 900, sizeBytes: 5 * 1024 ** 2 });
    expect(volid).toBe("thin:vm-900-disk-0");
    expect((await all.info(small.node, volid)).size).toBe(8 * 1024 ** 2);
    const base = await all.createBase(small.node, volid);
    expect(await all.cloneImage(small.node, base, 901)).toBe("thin:vm-901-disk-0");
    await all.free(small.node, base);
    expect((await all.list(small.node, "thin")).map((entry) => entry.volid)).toEqual(["thin:vm-901-disk-0"]);
  });
});
