import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MachineFolder } from "./fixtures/machine-folder.ts";
import { image, make } from "./fixtures/node-folder.ts";

let node: MachineFolder;
beforeEach(() => {
  node = new MachineFolder();
});
afterEach(() => node[Symbol.dispose]());

test("folders of numbers are listed with what each file stands on, and nothing else of the storage", () => {
  node.run([make(20_001)]);
  mkdirSync(join(node.images, "20002"));
  mkdirSync(join(node.images, "lost+found"));
  symlinkSync("nowhere", join(node.images, "20003"));
  writeFileSync(join(node.images, "20002/vm-20002-disk-0.qcow2"), "no image");
  writeFileSync(join(node.images, "20002/vm-20002-disk-1.qcow2"), "");
  image("create", "-q", "-f", "qcow2", join(node.images, "20002/vm-20002-disk-2.qcow2"), "1M");
  expect(node.run([["list", "list"]])).toEqual([
    "ok\tlist/20000\t.coppice-0123456789= vm-20000-disk-0.qcow2=../9000/base-9000-disk-0.qcow2",
    "ok\tlist/20001\t.coppice-0123456789= vm-20001-disk-0.qcow2=../9000/base-9000-disk-0.qcow2",
    "ok\tlist/20002\tvm-20002-disk-0.qcow2= vm-20002-disk-1.qcow2= vm-20002-disk-2.qcow2=",
    "ok\tlist/9000\tbase-9000-disk-0.qcow2= base-9000-disk-1.raw=",
    "ok\tlist",
  ]);
});

test("members of pools are told that no machine is, whichever node it is on", () => {
  node.write("user.cfg", "user:root@pam:1:0:::\npool:lab::20001,20002:nas:\npool:empty::::\n");
  node.write("nodes/pve2/qemu-server/20002.conf", "name: there\n");
  expect(node.run([["members", "members"]])).toEqual(["ok\tmembers\t20001=lab"]);
});
