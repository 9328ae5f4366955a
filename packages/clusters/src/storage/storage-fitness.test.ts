import type { StorageStatus } from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { storageFitness } from "./storage-fitness.ts";

const nas: StorageStatus = {
  type: "nfs",
  content: "iso,images",
  active: true,
  enabled: true,
  shared: true,
  total: 100,
  used: 40,
  avail: 60,
};

describe("a storage's fitness", () => {
  test("is what it carries, for whom, and how much is left", () => {
    expect(storageFitness(nas)).toEqual({ type: "nfs", hasFiles: true, shared: true, free: 60 });
    expect(storageFitness({ ...nas, avail: undefined }).free).toBeUndefined();
  });

  test.each([
    ["dir", true],
    ["cifs", true],
    ["btrfs", false],
    ["lvm", false],
    ["lvmthin", false],
    ["zfspool", false],
    ["rbd", false],
  ])("of the type %s says whether overlays can stand there: %s", (type, hasFiles) => {
    expect(storageFitness({ ...nas, type }).hasFiles).toBe(hasFiles);
  });

  test.each([
    [{ enabled: false, active: false }, "is disabled"],
    [{ active: false }, "is not active"],
    [{ content: "iso,backup" }, "takes iso,backup, not images"],
    [{ content: "imagesque" }, "takes imagesque, not images"],
  ])("names what is wrong with %j", (more, what) => {
    expect(storageFitness({ ...nas, ...more }).problem?.what).toBe(what);
  });
});
