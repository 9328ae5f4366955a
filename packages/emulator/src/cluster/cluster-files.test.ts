import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ClusterFiles } from "./cluster-files.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cluster-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = "nodes/pve1/qemu-server/100.conf";

describe("the cluster's files", () => {
  test("a written file is on the disk when the call returns and survives a restart", () => {
    new ClusterFiles(folder).write(path, "memory: 64\n");
    expect(readFileSync(join(folder, path), "utf8")).toBe("memory: 64\n");
    expect(new ClusterFiles(folder).read(path)).toBe("memory: 64\n");
  });

  test("an exclusive create refuses what is there already and leaves it alone", () => {
    const files = new ClusterFiles(folder);
    expect(files.createExclusive(path, "a")).toBe(true);
    expect(files.createExclusive(path, "b")).toBe(false);
    expect(files.read(path)).toBe("a");
  });

  test("a rescan takes over what was changed, made and removed by hand, and tells about each", () => {
    const files = new ClusterFiles(folder);
    files.write(path, "memory: 64\n");
    files.write("user.cfg", "x");
    const told: string[] = [];
    files.onChange((changed) => told.push(changed));
    writeFileSync(join(folder, path), "memory: 128\n");
    writeFileSync(join(folder, "new.cfg"), "new");
    rmSync(join(folder, "user.cfg"));
    files.rescan();
    expect(files.read(path)).toBe("memory: 128\n");
    expect(told.sort()).toEqual(["new.cfg", path, "user.cfg"].sort());
    expect(files.list("nodes/pve1/qemu-server")).toEqual(["100.conf"]);
  });

  test("a rescan bears with a file that is renamed while it looks", () => {
    const files = new ClusterFiles(folder);
    writeFileSync(join(folder, "a.cfg"), "a");
    writeFileSync(join(folder, "b.cfg.tmp"), "b");
    const stop = files.onChange(() => {
      stop();
      renameSync(join(folder, "b.cfg.tmp"), join(folder, "b.cfg"));
    });
    files.rescan();
    files.rescan();
    expect(["a.cfg", "b.cfg", "b.cfg.tmp"].map((name) => files.read(name))).toEqual(["a", "b", undefined]);
  });

  test("a rescan of a node without quorum undoes what was done by hand, and says where", () => {
    const files = new ClusterFiles(folder);
    files.write(path, "memory: 64\n");
    files.write("user.cfg", "x");
    rmSync(join(folder, path));
    writeFileSync(join(folder, "user.cfg"), "changed");
    writeFileSync(join(folder, "new.cfg"), "new");
    expect(files.rescan(true).sort()).toEqual(["new.cfg", path, "user.cfg"].sort());
    expect(readFileSync(join(folder, path), "utf8")).toBe("memory: 64\n");
    expect(readFileSync(join(folder, "user.cfg"), "utf8")).toBe("x");
    expect(existsSync(join(folder, "new.cfg"))).toBe(false);
    expect(files.rescan(true)).toEqual([]);
  });

  test("a guest's id exists once: a second configuration made by hand goes away, a moved one stays", () => {
    const files = new ClusterFiles(folder);
    files.write(path, "memory: 64\n");
    files.write("nodes/pve2/qemu-server/200.conf", "memory: 32\n");
    const second = "nodes/pve2/lxc/100.conf";
    mkdirSync(join(folder, "nodes/pve2/lxc"));
    writeFileSync(join(folder, second), "memory: 1\n");
    renameSync(
      join(folder, "nodes/pve2/qemu-server/200.conf"),
      join(folder, "nodes/pve1/qemu-server/200.conf"),
    );
    expect(files.rescan()).toEqual([second]);
    expect(existsSync(join(folder, second))).toBe(false);
    expect(files.read(path)).toBe("memory: 64\n");
    expect(files.read("nodes/pve1/qemu-server/200.conf")).toBe("memory: 32\n");
    expect(files.read("nodes/pve2/qemu-server/200.conf")).toBeUndefined();
  });

  test("closed files refuse every change and keep the disk as it is", () => {
    const files = new ClusterFiles(folder);
    files.write(path, "memory: 64\n");
    files.close();
    expect(() => files.write(path, "memory: 1\n")).toThrow("the cluster has stopped");
    expect(() => files.remove(path)).toThrow("the cluster has stopped");
    expect(() => files.rename(path, "user.cfg")).toThrow("the cluster has stopped");
    expect(readFileSync(join(folder, path), "utf8")).toBe("memory: 64\n");
  });

  test("a file's version changes with every write and a text that stays keeps its version", () => {
    const files = new ClusterFiles(folder);
    files.write(path, "a");
    const before = files.version(path);
    files.rescan();
    expect(files.version(path)).toBe(before);
    files.write(path, "b");
    expect(files.version(path)).toBeGreaterThan(before);
  });
});
