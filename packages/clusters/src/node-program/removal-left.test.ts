import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderMarker } from "../ownership/folder-marker.ts";
import { markLineInFile } from "../ownership/notes.ts";
import { MachineFolder, own, plain, remove, vmid } from "./fixtures/machine-folder.ts";
import { mark } from "./fixtures/node-folder.ts";

let node: MachineFolder;
beforeEach(() => {
  node = new MachineFolder();
});
afterEach(() => node[Symbol.dispose]());

describe("leaves a machine as it is, for Proxmox to remove", () => {
  const named = (text: string) => () => node.change("agent: 1\n", `agent: 1\n${text}\n`);
  const file = (path: string, text: string) => () => node.write(path, text);
  const cases: readonly (readonly [why: string, prepare: () => void, reason: string])[] = [
    ["of another seat", () => node.change(own, markLineInFile(mark, "grace")), "it does not carry our mark"],
    ["of another class", () => node.change(mark, "ffffffffff"), "it does not carry our mark"],
    ["that names two seats", () => node.change("#\n", `${own}x\n`), "it does not carry our mark"],
    ["whose mark is no line of its own", () => node.change(own, `# ${own}`), "it does not carry our mark"],
    [
      "whose mark stands in a snapshot",
      () =>
        node.change(`${own}\n`, "") ??
        writeFileSync(node.config, `${readFileSync(node.config, "utf8")}\n[one]\n${own}\n`),
      "it has snapshots, or changes that wait",
    ],
    ["that is locked", named("lock: backup"), "it is locked (backup)"],
    ["that is protected", named("protection: 1"), "it is protected"],
    ["that is a template", named("template: 1"), "it is a template"],
    [
      "with a snapshot",
      () => writeFileSync(node.config, `${plain}\n[one]\nname: x\n`),
      "it has snapshots, or changes that wait",
    ],
    [
      "with changes that wait",
      () => writeFileSync(node.config, `${plain}\n[PENDING]\nmemory: 4096\n`),
      "it has snapshots, or changes that wait",
    ],
    ["with an unused disk", named(`unused0: lab:${vmid}/vm-${vmid}-disk-1.qcow2`), "it has unused disks"],
    ["with a saved memory", named(`vmstate: lab:${vmid}/vm-${vmid}-state.raw`), "it has a saved memory"],
    [
      "with a disk of another machine",
      named("scsi1: lab:20001/vm-20001-disk-0.qcow2"),
      "'scsi1' is no file of its own on storage 'lab'",
    ],
    [
      "with a base",
      named(`scsi1: lab:${vmid}/base-${vmid}-disk-1.qcow2`),
      "'scsi1' is no file of its own on storage 'lab'",
    ],
    [
      "with a disk on another storage",
      named(`scsi1: local-lvm:vm-${vmid}-disk-0`),
      "'scsi1' is no file of its own on storage 'lab'",
    ],
    ["with a disk of the host", named("scsi1: /dev/sda"), "'scsi1' is no file of its own on storage 'lab'"],
    [
      "with a path for a disk",
      named(`scsi1: lab:${vmid}/vm-${vmid}-/../../x.qcow2`),
      "'scsi1' is no file of its own on storage 'lab'",
    ],
    [
      "with a cloud-init drive on another storage",
      () => node.change(`lab:${vmid}/vm-${vmid}-cloudinit`, `local:${vmid}/vm-${vmid}-cloudinit`),
      "'ide2' is no file of its own on storage 'lab'",
    ],
    ["with an option that names a disk", named("efi: lab:1/vm-1-disk-0.raw"), "'efi' names a disk"],
    [
      "whose base is not there",
      () => rmSync(join(node.images, "9000/base-9000-disk-0.qcow2")),
      "the base of 'scsi0' is not there",
    ],
    [
      "whose disk is not there",
      () => rmSync(join(node.machine, `vm-${vmid}-disk-0.qcow2`)),
      "a disk of it is not there",
    ],
    [
      "with a further file in its folder",
      () => writeFileSync(join(node.machine, `vm-${vmid}-disk-7.qcow2`), ""),
      "its folder holds other files",
    ],
    [
      "with another class's marker",
      () => writeFileSync(join(node.machine, folderMarker("ffffffffff")), ""),
      "its folder holds other files",
    ],
    [
      "with a line that nobody understands",
      named("what is this"),
      "its configuration has a line that is not understood",
    ],
    [
      "that runs",
      () => mkdirSync(join(node.home, "run")) ?? writeFileSync(join(node.home, `run/${vmid}.pid`), "1"),
      "it runs",
    ],
    [
      "on whose number rights are given",
      file("user.cfg", `acl:1:/vms/${vmid}:ada@pve:PVEVMUser:\n`),
      `rights are given on /vms/${vmid}`,
    ],
    ["that is a resource of HA", file("ha/resources.cfg", `vm: ${vmid}\n\tstate started\n`), "HA names it"],
    [
      "that a rule of HA names",
      file("ha/rules.cfg", `node-affinity: x\n\tresources vm:1,vm:${vmid}\n`),
      "HA names it",
    ],
    [
      "that is replicated",
      file("replication.cfg", `local: ${vmid}-0\n\ttarget pve2\n`),
      "a replication job names it",
    ],
    [
      "that a backup job takes",
      file("jobs.cfg", `vzdump: one\n\tschedule 1:00\n\tvmid 100,${vmid}\n`),
      "a backup job names it",
    ],
    [
      "that a backup job leaves out",
      file("jobs.cfg", `vzdump: one\n\tall 1\n\texclude ${vmid}\n`),
      "a backup job names it",
    ],
    [
      "that an old backup job takes",
      file("vzdump.cron", `0 1 * * 6 root vzdump 100 ${vmid} --quiet 1\n`),
      "a backup job names it",
    ],
    [
      "that is a member of a pool which is not the class's",
      file("user.cfg", `pool:other::${vmid}::\n`),
      "pool other has it as a member",
    ],
    ["with firewall rules", file(`firewall/${vmid}.fw`, "[RULES]\n"), "it has firewall rules"],
    [
      "for which an address is kept",
      () => {
        node.write("sdn/zones.cfg", "simple: one\n\tipam pve\n\nsimple: two\n");
        node.write("sdn/vnets.cfg", "vnet: labnet\n\tzone one\n\nvnet: othernet\n\tzone two\n");
        node.change("bridge=vmbr0", "bridge=labnet");
      },
      "an address is kept for it",
    ],
    [
      "that is on another node",
      () => {
        rmSync(node.config);
        node.write(`nodes/pve2/qemu-server/${vmid}.conf`, plain);
      },
      "it is on another node",
    ],
  ];

  test.each(cases)("one %s", (_, prepare, reason) => {
    prepare();
    const before = node.look();
    expect(node.run([remove])).toEqual([`left\tada\t${reason}`]);
    expect(node.look()).toEqual(before);
  });

  test("one whose lock somebody holds, without waiting for it", async () => {
    mkdirSync(join(node.home, "qemu-server"));
    const path = join(node.home, `qemu-server/lock-${vmid}.conf`);
    const holder = spawn("flock", [path, "sh", "-c", "echo held; read end"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    await once(holder.stdout, "data");
    const before = node.look();
    expect(node.run([remove])).toEqual(["left\tada\tsomebody holds its lock"]);
    expect(node.look()).toEqual(before);
    holder.stdin.end("\n");
    await once(holder, "exit");
    expect(node.run([remove])).toEqual(["ok\tada\t"]);
  });

  test.each([
    [
      "a number that begins like its own",
      () => node.write("jobs.cfg", `vzdump: one\n\tvmid ${vmid}1,1${vmid}\n`),
    ],
    ["rights on another number", () => node.write("user.cfg", `acl:1:/vms/${vmid}1:ada@pve:PVEVMUser:\n`)],
    ["a schedule", () => node.write("jobs.cfg", `vzdump: one\n\tmaxfiles ${vmid}\n\tvmid 1\n`)],
    [
      "a virtual network without addresses",
      () => {
        node.write("sdn/zones.cfg", "simple: one\n\tipam pve\n\nsimple: two\n");
        node.write("sdn/vnets.cfg", "vnet: labnet\n\tzone two\n");
        node.change("bridge=vmbr0", "bridge=labnet");
      },
    ],
    ["a protection that is off", named("protection: 0")],
  ])("but not for %s", (_, prepare) => {
    prepare();
    expect(node.run([remove])).toEqual(["ok\tada\t"]);
  });
});
