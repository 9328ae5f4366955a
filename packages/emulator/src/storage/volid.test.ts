import { describe, expect, test } from "vitest";
import { parseFileVolname, parseThinVolname, splitVolid } from "./volid.ts";

describe("volume names of file storages", () => {
  test("name the owner and, in the long form, the base", () => {
    expect(parseFileVolname("100/base-100-disk-0.qcow2/200/vm-200-disk-0.qcow2")).toEqual({
      vtype: "images",
      vmid: 200,
      name: "vm-200-disk-0.qcow2",
      format: "qcow2",
      isBase: false,
      base: { vmid: 100, name: "base-100-disk-0.qcow2" },
    });
  });

  test("know a base by its name", () => {
    expect(parseFileVolname("100/base-100-disk-0.raw").isBase).toBe(true);
  });

  test("accept any name with an image's extension", () => {
    expect(parseFileVolname("200/any-name.qcow2")).toMatchObject({
      vmid: 200,
      format: "qcow2",
      isBase: false,
    });
  });

  test.each([
    ["200/any-name", "unable to parse volume filename 'any-name'"],
    [
      "200/snap-s1-vm-200-disk-0.qcow2",
      "'snap-s1-vm-200-disk-0.qcow2' is a snapshot filename, not a volume!",
    ],
    ["iso/readme.txt", "unable to parse directory volume name 'iso/readme.txt'"],
    ["", "unable to parse directory volume name ''"],
  ])("refuse %j in Proxmox's words", (volname, message) => {
    expect(() => parseFileVolname(volname)).toThrow(message);
  });

  test.each([
    ["iso/debian.ISO", "iso"],
    ["vztmpl/debian-12.tar.zst", "vztmpl"],
    ["snippets/user.yaml", "snippets"],
    ["import/cloud.qcow2", "import"],
  ])("take %s as %s", (volname, vtype) => {
    expect(parseFileVolname(volname).vtype).toBe(vtype);
  });

  test("read the owner of a backup from its name", () => {
    expect(parseFileVolname("backup/vzdump-qemu-100-2026_01_31-12_00_00.vma.zst")).toMatchObject({
      vtype: "backup",
      vmid: 100,
    });
  });
});

describe("volume names of thin pools", () => {
  test("carry neither folder nor extension", () => {
    expect(parseThinVolname("base-100-disk-0")).toEqual({
      vtype: "images",
      vmid: 100,
      name: "base-100-disk-0",
      format: "raw",
      isBase: true,
    });
    expect(() => parseThinVolname("100/vm-100-disk-0.raw")).toThrow("unable to parse lvm volume name");
  });
});

describe("volume ids", () => {
  test("split at the first colon, so that names may hold more of them", () => {
    expect(splitVolid("local:iso/a:b.iso")).toEqual({ storage: "local", volname: "iso/a:b.iso" });
  });

  test.each(["", "local", "local:", "x:1/a.raw", "/dev/sda", "1local:1/a.raw"])("refuse %j", (volid) => {
    expect(() => splitVolid(volid)).toThrow(`unable to parse volume ID '${volid}'`);
  });
});
