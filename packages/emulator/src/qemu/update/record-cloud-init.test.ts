import { describe, expect, test } from "vitest";
import { freshConfig } from "../../guests/config/guest-config.ts";
import { hotplugFeatures, isFastOption } from "./hotplug-rules.ts";
import { recordCloudInitChange } from "./record-cloud-init.ts";

describe("what cloud-init's drive does not know yet", () => {
  test("is the former value of a changed option, forgotten when it comes back", () => {
    const config = freshConfig({});
    recordCloudInitChange(config, "ciuser", "a", "b");
    recordCloudInitChange(config, "ciuser", "b", "c");
    expect(config.special).toEqual({ cloudinit: { ciuser: "a" } });
    recordCloudInitChange(config, "ciuser", "c", "a");
    expect(config.special).toEqual({});
  });

  test("is a mark for an option that was added, gone when it is removed again", () => {
    const config = freshConfig({});
    recordCloudInitChange(config, "ipconfig0", undefined, "ip=dhcp");
    recordCloudInitChange(config, "cores", "1", "2");
    expect(config.special).toEqual({ cloudinit: { added: "ipconfig0" } });
    recordCloudInitChange(config, "ipconfig0", "ip=dhcp", undefined);
    expect(config.special).toEqual({});
  });
});

describe("what can change while a machine runs", () => {
  test("is decided by hotplug, whose 1 means network, disk and usb", () => {
    expect([...hotplugFeatures(undefined)]).toEqual(["network", "disk", "usb"]);
    expect([...hotplugFeatures("0")]).toEqual([]);
    expect([...hotplugFeatures("cpu,memory")]).toEqual(["cpu", "memory"]);
    expect(["name", "tags", "ipconfig3", "cores", "memory"].map(isFastOption)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
