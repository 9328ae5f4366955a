import type { Generation } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { seatIdentity } from "./seat-identity.ts";
import { type SeatMachineWish, seatMachine } from "./seat-machine.ts";

const copy = {
  vmid: 9000,
  files: {
    scsi0: "base-9000-disk-0.qcow2",
    efidisk0: "base-9000-disk-1.qcow2",
    tpmstate0: "base-9000-disk-2.raw",
  },
};

const generation: Generation = {
  number: 1,
  storage: "lab",
  shared: true,
  owned: false,
  copies: { pve1: copy },
  disks: [
    { slot: "scsi0", format: "qcow2", size: 8 * 1024 ** 3 },
    { slot: "efidisk0", format: "qcow2", size: 540_672 },
    { slot: "tpmstate0", format: "raw", size: 4_194_304 },
  ],
  config: {
    agent: "enabled=1",
    bios: "ovmf",
    boot: "order=scsi0;ide2;net0",
    cores: "2",
    efidisk0: "lab:9000/base-9000-disk-1.qcow2,efitype=4m,pre-enrolled-keys=1,size=528K",
    ide0: "local:iso/virtio.iso,media=cdrom,size=700M",
    ide2: "lab:9000/vm-9000-cloudinit.qcow2,media=cdrom,size=4M",
    machine: "q35",
    memory: "2048",
    net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1",
    net1: "e1000=BC:24:11:00:00:02,bridge=vmbr9,tag=7",
    scsi0: "lab:9000/base-9000-disk-0.qcow2,discard=on,size=8G,ssd=1",
    scsihw: "virtio-scsi-single",
    serial0: "socket",
    smbios1: "uuid=11111111-1111-4111-8111-111111111111,manufacturer=QUNNRQ==,base64=1",
    tpmstate0: "lab:9000/base-9000-disk-2.raw,size=4M,version=v2.0",
    vga: "qxl",
  },
};

const wish: SeatMachineWish = {
  vmid: 20_000,
  hostName: "networks-101-ada",
  identity: {
    uuid: "33333333-3333-4333-8333-333333333333",
    macs: ["BC:24:11:AA:00:01", "BC:24:11:AA:00:02"],
  },
  description: "managed by Coppice",
  tags: ["coppice", "cp-0123456789"],
};

const parametersOf = (more: Partial<SeatMachineWish> = {}) =>
  seatMachine(generation, copy, { ...wish, ...more }).parameters;

describe("seatMachine", () => {
  test("is the template's machine with its own name, disks, MACs and UUID, and nothing else", () => {
    expect(parametersOf()).toEqual({
      vmid: 20_000,
      name: "networks-101-ada",
      description: "managed by Coppice",
      tags: "coppice;cp-0123456789",
      agent: "enabled=1",
      bios: "ovmf",
      boot: "order=scsi0;ide2;net0",
      cores: "2",
      machine: "q35",
      memory: "2048",
      scsihw: "virtio-scsi-single",
      serial0: "socket",
      vga: "qxl",
      scsi0: "lab:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-0.qcow2,discard=on,ssd=1",
      efidisk0: "lab:9000/base-9000-disk-1.qcow2/20000/vm-20000-disk-1.qcow2,efitype=4m,pre-enrolled-keys=1",
      tpmstate0: "lab:20000/vm-20000-disk-2.raw,version=v2.0",
      ide0: "local:iso/virtio.iso,media=cdrom",
      ide2: "lab:cloudinit,media=cdrom",
      net0: "virtio=BC:24:11:AA:00:01,bridge=vmbr0,firewall=1",
      net1: "e1000=BC:24:11:AA:00:02,bridge=vmbr9,tag=7",
      smbios1: "uuid=33333333-3333-4333-8333-333333333333,manufacturer=QUNNRQ==,base64=1",
    });
  });

  test("names every file that must be made before the machine is", () => {
    expect(seatMachine(generation, copy, wish).disks.map((disk) => [disk.slot, disk.file])).toEqual([
      ["scsi0", "vm-20000-disk-0.qcow2"],
      ["efidisk0", "vm-20000-disk-1.qcow2"],
      ["tpmstate0", "vm-20000-disk-2.raw"],
    ]);
  });

  test("moves only the first card to the class's network", () => {
    const { net0, net1 } = parametersOf({ network: { bridge: "vmbr5", tag: 12 } });
    expect(net0).toBe("virtio=BC:24:11:AA:00:01,firewall=1,bridge=vmbr5,tag=12");
    expect(net1).toBe("e1000=BC:24:11:AA:00:02,bridge=vmbr9,tag=7");
  });

  test("passes keys of several lines whole, and an address with its gateway", () => {
    const sshKeys = ["ssh-ed25519 AAAA+/= ada@lab", "ssh-ed25519 BBBB grace@lab"];
    const cloudInit = { user: "student", sshKeys, address: { cidr: "10.0.0.10/24", gateway: "10.0.0.1" } };
    const parameters = parametersOf({ cloudInit });
    expect(decodeURIComponent(String(parameters["sshkeys"]))).toBe(sshKeys.join("\n"));
    expect(parameters).toMatchObject({ ciuser: "student", ipconfig0: "ip=10.0.0.10/24,gw=10.0.0.1" });
    expect(parameters).not.toHaveProperty("cipassword");
  });

  test("adds a cloud-init drive where the template has none, and a data disk on a free slot", () => {
    const { ide2: _, ...bare } = generation.config;
    const { parameters } = seatMachine({ ...generation, config: bare }, copy, {
      ...wish,
      cloudInit: { user: "student" },
      dataDisk: { storage: "lab", sizeGiB: 4 },
    });
    expect(parameters).toMatchObject({
      ide2: "lab:cloudinit,media=cdrom",
      scsi1: "lab:4,serial=coppice-data",
    });
  });
});

describe("seatIdentity", () => {
  test("gives 200 machines with two cards distinct MACs under the prefix, distinct UUIDs, and the same ones again", () => {
    const all = () => {
      const taken = new Set<string>();
      return Array.from({ length: 200 }, (_, seat) =>
        seatIdentity("aabb", `seat-${seat}`, 2, "BC:24:11", taken),
      );
    };
    const first = all();
    const macs = first.flatMap((identity) => identity.macs);
    expect(new Set(macs).size).toBe(400);
    expect(macs.every((mac) => /^BC:24:11(:[0-9A-F]{2}){3}$/.test(mac))).toBe(true);
    expect(new Set(first.map((identity) => identity.uuid)).size).toBe(200);
    expect(all()).toEqual(first);
  });

  test("takes another MAC when the derived one is in use", () => {
    const taken = new Set<string>();
    const [first] = seatIdentity("aabb", "ada", 1, "BC:24:11", taken).macs;
    const [second] = seatIdentity("aabb", "ada", 1, "BC:24:11", taken).macs;
    expect(second).not.toBe(first);
  });

  test("gives a UUID that readers take for a random one", () => {
    const { uuid } = seatIdentity("aabb", "ada", 0, "BC:24:11", new Set());
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
