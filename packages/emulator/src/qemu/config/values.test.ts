import { describe, expect, test } from "vitest";
import { bootOrder, defaultBootDevices, printBootOrder } from "./boot-order.ts";
import { isCloudInit, newDisk, parseDrive, printDrive } from "./drive.ts";
import { formatDriveSize, parseDriveSize } from "./drive-size.ts";
import { jsonValues } from "./json-values.ts";
import { parseNet, printNet } from "./net-device.ts";

describe("the values of a configuration", () => {
  test("are written with the nameless part first and the keys in order", () => {
    const drive = parseDrive("local:1,ssd=1,format=qcow2,discard=on");
    expect(printDrive(drive)).toBe("local:1,discard=on,format=qcow2,ssd=1");
    expect(printNet({ ...parseNet("virtio,tag=5,bridge=vmbr0"), macaddr: "BC:24:11:00:00:01" })).toBe(
      "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=5",
    );
    expect(parseNet("model=e1000,macaddr=BC:24:11:00:00:01")).toEqual(parseNet("e1000=BC:24:11:00:00:01"));
  });

  test("tell a disk to be made from a volume, and cloud-init's drive from others", () => {
    expect(newDisk("local:1.5")).toEqual({ storage: "local", gigabytes: 1.5 });
    expect(newDisk("32")).toEqual({ storage: undefined, gigabytes: 32 });
    expect(newDisk("local:900/vm-900-disk-0.qcow2")).toBeUndefined();
    expect(
      ["local:cloudinit", "nas:9/vm-9-cloudinit.qcow2", "thin:vm-9-cloudinit"].map((file) =>
        isCloudInit({ file }),
      ),
    ).toEqual([true, true, true]);
    expect(isCloudInit({ file: "local:9/vm-9-disk-0.qcow2" })).toBe(false);
  });

  test("show sizes in the largest unit that divides them", () => {
    expect([528 * 1024, 1024 ** 3, 1536, 2 ** 40, 1024 ** 3 + 512].map(formatDriveSize)).toEqual([
      "528K",
      "1G",
      "1536",
      "1T",
      "1073742336",
    ]);
    expect(["528K", "1G", "1.5G", "x"].map(parseDriveSize)).toEqual([
      540_672,
      2 ** 30,
      1.5 * 2 ** 30,
      undefined,
    ]);
  });

  test("boot from the first disk, CD-ROM and network device; a bare machine from nothing", () => {
    const values = {
      net1: "virtio",
      net0: "virtio",
      scsi1: "local:1/vm-1-disk-1.raw",
      ide2: "none,media=cdrom",
    };
    expect(defaultBootDevices(values)).toEqual(["scsi1", "ide2", "net0"]);
    expect(printBootOrder([])).toBe("");
    expect(bootOrder("order=scsi1;net0")).toEqual(["scsi1", "net0"]);
    expect(bootOrder("cdn")).toEqual([]);
  });

  test("are numbers in JSON where the schema says integer or boolean, memory and cpulimit are texts", () => {
    const values = { cores: "2", onboot: "0", memory: "512", cpulimit: "0.5", name: "7", template: "1" };
    expect(jsonValues(values)).toEqual({
      cores: 2,
      onboot: 0,
      memory: "512",
      cpulimit: "0.5",
      name: "7",
      template: 1,
    });
  });
});
