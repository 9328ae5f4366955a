import { expect, test } from "vitest";
import { inheritedConfig } from "./inherited-config.ts";

test("a seat takes the source's hardware over, and nothing that is the source's own", () => {
  const hardware = {
    boot: "order=scsi0;net0",
    cores: "2",
    ide0: "local:iso/virtio.iso,media=cdrom,size=700M",
    net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0",
    scsi0: "lab:9000/base-9000-disk-0.qcow2,size=8G",
    smbios1: "uuid=11111111-1111-4111-8111-111111111111",
  };
  const own = {
    description: "notes",
    digest: "aa",
    lock: "clone",
    meta: "creation-qemu=10.0.13,ctime=1",
    name: "debian",
    parent: "before",
    protection: "1",
    scsi1: "lab:9000/vm-9000-disk-1.qcow2,serial=coppice-data,size=20G",
    tags: "lab",
    template: "1",
    unused0: "lab:9000/vm-9000-disk-7.qcow2",
    vmgenid: "22222222-2222-4222-8222-222222222222",
  };
  expect(inheritedConfig({ ...hardware, ...own })).toEqual(hardware);
});
