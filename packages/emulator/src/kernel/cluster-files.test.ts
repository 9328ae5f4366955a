import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

  test("while frozen a rescan undoes what was done by hand", () => {
    const files = new ClusterFiles(folder);
    files.write(path, "memory: 64\n");
    files.freezeWhen(() => true);
    rmSync(join(folder, path));
    writeFileSync(join(folder, "new.cfg"), "new");
    files.rescan();
    expect(readFileSync(join(folder, path), "utf8")).toBe("memory: 64\n");
    expect(files.read("new.cfg")).toBeUndefined();
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
