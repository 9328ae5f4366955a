import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderMarker } from "../ownership/folder-marker.ts";
import { markLineInFile } from "../ownership/notes.ts";
import { MachineFolder, own, plain, remove, vmid } from "./fixtures/machine-folder.ts";
import { make, mark } from "./fixtures/node-folder.ts";

let node: MachineFolder;
beforeEach(() => {
  node = new MachineFolder();
});
afterEach(() => node[Symbol.dispose]());

const marker = folderMarker(mark);
const file = `vm-${vmid}-disk-0.qcow2`;
const inFolder = (name: string) => join(node.machine, name);

describe("what an interrupted run left goes, and nothing beside it", () => {
  test.each([[["sweep", "ada"]], [["discard", "ada", vmid]]] as const)(
    "another cluster's disk of the same number, on a storage of both: %j",
    (order) => {
      rmSync(node.config);
      writeFileSync(inFolder(`vm-${vmid}-disk-1.qcow2`), "another cluster's");
      writeFileSync(inFolder(`vm-${vmid}-cloudinit.qcow2`), "of a create that broke off");
      node.run([order]);
      expect(readdirSync(node.machine)).toEqual([`vm-${vmid}-disk-1.qcow2`]);
    },
  );

  test("nor is its folder taken for a new machine", () => {
    rmSync(node.config);
    writeFileSync(inFolder(`vm-${vmid}-disk-1.qcow2`), "another cluster's");
    expect(node.run([make(vmid)])).toEqual([`taken\tseat-${vmid}\tfolder ${node.machine} is in use`]);
    expect(readdirSync(node.machine)).toEqual([`vm-${vmid}-disk-1.qcow2`]);
  });

  test("the disks of a machine whose configuration somebody moved aside while it was given fresh ones", () => {
    node.run([["settle", "ada", vmid]]);
    // Bases are told of where something is made.
    node.run([make(20_009), ["renew", "ada", vmid, "scsi0"]]);
    expect(readdirSync(node.machine)).toHaveLength(3);
    renameSync(node.config, join(node.home, "aside.conf"));
    node.run([["sweep", "all"]]);
    expect(readdirSync(node.machine)).toEqual([file]);
  });

  test("a folder that is a link into another machine's is nobody's", () => {
    writeFileSync(inFolder("vm-20001-disk-0.qcow2"), "");
    symlinkSync(node.machine, join(node.images, "20001"));
    expect(node.run([["marked", "a", 20_001], ["discard", "b", 20_001], make(20_001)])).toEqual([
      "ok\ta\ttheirs",
      "ok\tb",
      `taken\tseat-20001\tfolder ${node.images}/20001 is in use`,
    ]);
    expect(existsSync(inFolder("vm-20001-disk-0.qcow2"))).toBe(true);
  });

  test("what stands in the way of one number is told, and the others are swept", () => {
    node.run([make(20_001), make(20_002)]);
    mkdirSync(join(node.images, "20001/vm-20001-cloudinit.qcow2"));
    const said = node.run([["sweep", "all"]]);
    expect(said).toEqual([expect.stringMatching(/^fail\tall\tcannot remove .*20001-cloudinit/)]);
    expect(existsSync(join(node.images, "20002"))).toBe(false);
    expect(existsSync(join(node.images, "20001", marker))).toBe(true);
  });

  test("a disk that a machine may be getting just now: its lock is held", async () => {
    writeFileSync(node.config, "name: ada\n");
    mkdirSync(join(node.home, "qemu-server"));
    const path = join(node.home, `qemu-server/lock-${vmid}.conf`);
    const holder = spawn("flock", [path, "sh", "-c", "echo held; read end"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    await once(holder.stdout, "data");
    const why = `somebody holds the lock of machine ${vmid}`;
    expect(
      node.run([
        ["settle", "ada", vmid],
        ["sweep", "all"],
      ]),
    ).toEqual([`fail\tada\t${why}`, `fail\tall\t${why}`]);
    expect(readdirSync(node.machine)).toEqual([marker, file]);
    // Nothing is taken away where the machine names it.
    writeFileSync(node.config, plain);
    expect(node.run([["settle", "ada", vmid]])).toEqual(["ok\tada"]);
    holder.stdin.end("\n");
    await once(holder, "exit");
  });
});

describe("a removal takes no link for what it leads to", () => {
  test("of a disk", () => {
    renameSync(inFolder(file), join(node.home, "moved.qcow2"));
    symlinkSync(join(node.home, "moved.qcow2"), inFolder(file));
    expect(node.run([remove])).toEqual(["left\tada\t'scsi0' is a link, or no plain file"]);
  });

  test("of a folder", () => {
    renameSync(node.machine, join(node.home, "moved"));
    symlinkSync(join(node.home, "moved"), node.machine);
    expect(node.run([remove])).toEqual(["left\tada\tits folder is a link, or none"]);
    expect(readdirSync(join(node.home, "moved"))).toEqual([marker, file]);
  });
});

describe("a configuration is not copied", () => {
  const grace = markLineInFile(mark, "grace");
  const copy = ["copy", "grace", vmid, own, 20_001, grace] as const;
  test.each([
    [
      "with a disk on a storage that has no files",
      "scsi1: local-lvm:vm-20000-disk-1",
      "'vm-20000-disk-1' would be shared",
    ],
    [
      "with another machine's disk",
      "scsi1: lab:300/vm-300-disk-0.raw",
      "'vm-300-disk-0.raw' would be shared",
    ],
    ["that is locked", "lock: backup", "it is locked (backup)"],
    ["with changes that wait", "[PENDING]\ncores: 2", "it has snapshots, or changes that wait"],
    ["with a snapshot", "[one]\ncores: 2", "it has snapshots, or changes that wait"],
  ])("%s", (_, line, why) => {
    writeFileSync(node.config, `${plain}${line}\n`);
    expect(node.run([copy])).toEqual([`fail\tgrace\tmachine ${vmid} cannot be copied: ${why}`]);
    expect(readdirSync(node.pve("nodes/pve1/qemu-server"))).toEqual([`${vmid}.conf`]);
  });

  test("half: what cannot be put in place is taken back", () => {
    const said = node.run([copy], `-I${join(import.meta.dirname, "fixtures")}`, "-MTrouble=refuse");
    expect(said).toEqual([expect.stringMatching(/^fail\tgrace\tcannot rename to .*20001.conf: /)]);
    expect(readdirSync(node.pve("nodes/pve1/qemu-server"))).toEqual([`${vmid}.conf`]);
  });
});
