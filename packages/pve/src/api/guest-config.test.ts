import { describe, expect, test } from "vitest";
import { parseGuestConfig } from "./guest-config.ts";

describe("a guest's config", () => {
  test("reads alike whether 8.4 or 9.2 wrote it", () => {
    const common = {
      name: "base",
      digest: "a7e9",
      boot: " ",
      scsi0: "local:900/base-900-disk-0.qcow2,size=1G",
    };
    const older = parseGuestConfig({ ...common, cores: 2, memory: "2048", template: 1, tags: "lab;base" });
    const newer = parseGuestConfig({ ...common, cores: "2", memory: 2048, template: "1", tags: "base;lab" });
    const { values: _older, ...left } = older;
    const { values: _newer, ...right } = newer;
    expect(left).toEqual(right);
    expect(left).toMatchObject({ cores: 2, memoryMiB: 2048, template: true, tags: ["base", "lab"] });
  });

  test("fills in what Proxmox leaves out, and keeps every key", () => {
    const config = parseGuestConfig({ lock: "create", vcpus: 3 });
    expect(config).toMatchObject({
      cores: 1,
      memoryMiB: 512,
      template: false,
      protected: false,
      tags: [],
      lock: "create",
    });
    expect(config.values).toEqual({ lock: "create", vcpus: "3" });
  });

  test("reads memory in its longer spelling", () => {
    expect(parseGuestConfig({ memory: "current=4096" }).memoryMiB).toBe(4096);
  });

  test.each([null, [], "config", { cores: {} }, { memory: "much" }])("refuses %j", (value) => {
    expect(() => parseGuestConfig(value)).toThrow("expected");
  });
});
