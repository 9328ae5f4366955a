import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { markLineInFile } from "../ownership/notes.ts";
import { image, make, mark, NodeFolder } from "./fixtures/node-folder.ts";
import { type NodeOrder, nodeInput, parseNodeLine } from "./node-program.ts";

let node: NodeFolder;
let home: string;
let images: string;

beforeEach(() => {
  node = new NodeFolder();
  ({ home, images } = node);
});

afterEach(() => node[Symbol.dispose]());

/** What the program answers, a line each, without the first one, and without the last one where all is well. */
function run(orders: readonly NodeOrder[], storage = "lab"): string[] {
  const input = nodeInput([...node.head(storage), ...orders]);
  const { stdout, stderr } = spawnSync("perl", ["-"], { input, encoding: "utf8" });
  expect(stderr).toBe("");
  const [begin, ...answers] = stdout.split("\n").slice(0, -1);
  expect(begin).toMatch(/^begin\t[0-9a-f-]{36}$/);
  expect(answers.map(parseNodeLine)).not.toContain(undefined);
  return answers.at(-1) === "end" ? answers.slice(0, -1) : answers;
}

const overlay = (vmid: number) => join(images, String(vmid), `vm-${vmid}-disk-0.qcow2`);
const disk0 = "scsi0: lab:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-0.qcow2,size=64M\n";
const writeConfig = (vmid: number, text: string) =>
  writeFileSync(join(home, `pve/nodes/pve1/qemu-server/${vmid}.conf`), text);

describe("making seats", () => {
  test("makes overlays that are whole, stand on the base by the relative path Proxmox reads, and take 16 KiB at most", () => {
    const vmids = Array.from({ length: 25 }, (_, index) => 20_000 + index);
    expect(run(vmids.map(make))).toEqual(vmids.map((vmid) => `ok\tseat-${vmid}\t${vmid}`));
    for (const vmid of vmids) {
      image("check", "-q", overlay(vmid));
      expect(image("info", overlay(vmid))).toContain("backing file: ../9000/base-9000-disk-0.qcow2 ");
      expect(statSync(overlay(vmid)).blocks * 512).toBeLessThanOrEqual(16_384);
      expect(statSync(overlay(vmid)).mode & 0o777).toBe(0o640);
    }
  });

  test("copies what a machine must not share, byte for byte", () => {
    run([["make", "ada", 20_000, "scsi0", "vm-20000-disk-0.qcow2", "tpmstate0", "vm-20000-disk-1.raw"]]);
    expect(readFileSync(join(images, "20000/vm-20000-disk-1.raw"), "utf8")).toBe("tpm state");
  });

  test("refuses a number whose folder belongs to somebody else and leaves the folder as it was", () => {
    mkdirSync(join(images, "20000"));
    writeFileSync(overlay(20_000), "somebody's disk");
    expect(run([make(20_000)])).toEqual([`taken\tseat-20000\tfolder ${images}/20000 is in use`]);
    expect(readFileSync(overlay(20_000), "utf8")).toBe("somebody's disk");
  });

  test("starts over in a folder that an interrupted run of ours left", () => {
    mkdirSync(join(images, "20000"));
    writeFileSync(join(images, `20000/.coppice-${mark}`), "");
    writeFileSync(overlay(20_000), "half a disk");
    expect(run([make(20_000)])).toEqual(["ok\tseat-20000\t20000"]);
    image("check", "-q", overlay(20_000));
  });

  test("does not start over where a machine stands on the folder already", () => {
    run([make(20_000)]);
    writeConfig(20_000, "name: ada\n");
    const before = readFileSync(overlay(20_000));
    expect(run([make(20_000)])).toEqual([`taken\tseat-20000\tfolder ${images}/20000 is in use`]);
    expect(readFileSync(overlay(20_000)).equals(before)).toBe(true);
  });

  test("names the storage that is not there and makes nothing", () => {
    expect(run([make(20_000)], "nas")).toEqual(["stop\tstorage 'nas' is not in storage.cfg"]);
    expect(existsSync(join(images, "20000"))).toBe(false);
  });

  test("goes on after a seat that failed, whatever its name is", () => {
    const bad = (key: string): NodeOrder => ["make", key, 20_001, "ide9", "vm-20001-disk-0.qcow2"];
    const keys = ["end", "stop", "sync", "lab", "scsi0"];
    expect(run([...keys.map(bad), make(20_000)])).toEqual([
      ...keys.map((key) => `fail\t${key}\tslot 'ide9' has no base`),
      "ok\tseat-20000\t20000",
    ]);
  });
});

describe("hostile orders", () => {
  test.each([
    ["a vmid that is a path", ["make", "x", "../9000", "scsi0", "vm-1-disk-0.qcow2"]],
    ["a file of another machine", ["make", "x", 20_000, "scsi0", "vm-9000-disk-0.qcow2"]],
    ["a file that is a path", ["hash", "x", 9000, "../../x.qcow2"]],
    ["a number to copy from that is a path", ["copy", "x", "../../x", "ada", 9001, "grace"]],
    ["a line of another mark", ["remove", "x", 20_000, "#coppice%3Affffffffff/ada"]],
    ["an order nobody knows", ["rm", "x", "/"]],
  ] satisfies [string, NodeOrder][])("refuses %s", (_, order) => {
    expect(run([order])[0]).toMatch(/^fail\tx\t'.*' is not /);
  });

  test("puts no overlay onto other content: there is no such order, and the overlay stays as it is", () => {
    run([make(20_000)]);
    const before = readFileSync(overlay(20_000));
    image("create", "-f", "qcow2", join(images, "9000/base-9000-disk-9.qcow2"), "64M");
    const wanted = [
      "rebase",
      "ada",
      20_000,
      "vm-20000-disk-0.qcow2",
      9000,
      "base-9000-disk-9.qcow2",
    ] as const;
    expect(run([wanted])).toEqual(["fail\tada\t'rebase' is not an order"]);
    expect(readFileSync(overlay(20_000)).equals(before)).toBe(true);
  });

  test("refuses a field that would become a second order", () => {
    expect(() => nodeInput([["make", "ada\nunlink"]])).toThrow("holds a tab or a line break");
  });
});

describe("renewing seats", () => {
  test("makes fresh disks beside the present ones, under names that nobody has, and leaves those as they are", () => {
    run([make(20_000)]);
    writeConfig(20_000, disk0);
    const before = readFileSync(overlay(20_000));
    expect(run([["renew", "ada", 20_000, "scsi0", "tpmstate0"]])).toEqual([
      "ok\tada\tscsi0=vm-20000-disk-1.qcow2 tpmstate0=vm-20000-disk-2.raw",
    ]);
    expect(readFileSync(overlay(20_000)).equals(before)).toBe(true);
    image("check", "-q", join(images, "20000/vm-20000-disk-1.qcow2"));
  });

  test("takes fresh disks away that an interrupted run made and no configuration names, and keeps the named ones", () => {
    run([make(20_000)]);
    writeConfig(20_000, disk0);
    run([["settle", "ada", 20_000]]);
    const renew: NodeOrder = ["renew", "ada", 20_000, "scsi0"];
    expect([run([renew]), run([renew])].flat()).toEqual([
      "ok\tada\tscsi0=vm-20000-disk-1.qcow2",
      "ok\tada\tscsi0=vm-20000-disk-1.qcow2",
    ]);
    expect(run([["settle", "ada", 20_000]])).toEqual(["ok\tada"]);
    expect(readdirSync(join(images, "20000"))).toEqual(["vm-20000-disk-0.qcow2"]);
    run([renew]);
    writeConfig(
      20_000,
      "unused0: lab:20000/vm-20000-disk-0.qcow2\nscsi0: lab:20000/vm-20000-disk-1.qcow2,size=64M\n",
    );
    run([["sweep", "all"]]);
    expect(readdirSync(join(images, "20000"))).toEqual(["vm-20000-disk-0.qcow2", "vm-20000-disk-1.qcow2"]);
  });
});

describe("finding and leaving", () => {
  test("finds the folders of interrupted work, and only ours", () => {
    run([make(20_000), make(20_001)]);
    writeConfig(20_000, `${disk0}unused0: lab:20000/vm-20000-disk-9.qcow2\n`);
    writeFileSync(join(images, "9000/.coppice-ffffffffff"), "");
    expect(run([["sweep", "all"]])).toEqual(["ok\tall\t20000 20001"]);
    expect([existsSync(overlay(20_000)), existsSync(join(images, "20001"))]).toEqual([true, false]);
    expect(existsSync(join(images, "9000/.coppice-ffffffffff"))).toBe(true);
  });

  test("removes interrupted work whole, but never below a machine", () => {
    run([make(20_000), make(20_001)]);
    writeConfig(20_001, "name: grace\n");
    expect(
      run([
        ["discard", "ada", 20_000],
        ["discard", "grace", 20_001],
      ]),
    ).toEqual(["ok\tada", "fail\tgrace\tguest 20001 exists"]);
    expect(existsSync(join(images, "20000"))).toBe(false);
    expect(existsSync(overlay(20_001))).toBe(true);
  });

  test("hashes what a base holds: the same for the same content, another for one changed byte, holes for nothing", () => {
    const base = join(images, "9000/base-9000-disk-2.raw");
    const hash = () => run([["hash", "x", 9000, "base-9000-disk-2.raw"]])[0];
    execFileSync("truncate", ["-s", "8G", base]);
    const empty = hash();
    expect(empty).toMatch(/^ok\tx\t[0-9a-f]{64}$/);
    const write = (text: string) =>
      execFileSync("dd", ["of=" + base, "seek=4096", "conv=notrunc", "status=none"], { input: text });
    write("one");
    const one = hash();
    write("two");
    expect(new Set([empty, one, hash()]).size).toBe(3);
    write("one");
    expect(hash()).toBe(one);
  });

  test("tells an untouched overlay from one that was written to", () => {
    run([make(20_000), make(20_001)]);
    execFileSync("qemu-io", ["-f", "qcow2", "-c", "write -P 7 0 64k", overlay(20_001)], { stdio: "ignore" });
    const asked = run([
      ["own", "ada", 20_000, "vm-20000-disk-0.qcow2"],
      ["own", "grace", 20_001, "vm-20001-disk-0.qcow2"],
    ]);
    expect(asked).toEqual(["ok\tada\t0", "ok\tgrace\t1"]);
  });

  test("tells so of a clone whose clusters Proxmox VE 9 has allocated, without content", () => {
    for (const vmid of [20_000, 20_001]) {
      mkdirSync(join(images, String(vmid)));
      const options = "extended_l2=on,cluster_size=128k,preallocation=metadata";
      const backing = ["-F", "qcow2", "-b", "../9000/base-9000-disk-0.qcow2"];
      image("create", "-q", "-f", "qcow2", ...backing, "-o", options, overlay(vmid));
    }
    execFileSync("qemu-io", ["-f", "qcow2", "-c", "write -P 7 0 4k", overlay(20_001)], { stdio: "ignore" });
    const asked = run([
      ["own", "ada", 20_000, "vm-20000-disk-0.qcow2"],
      ["own", "grace", 20_001, "vm-20001-disk-0.qcow2"],
    ]);
    expect(asked).toEqual(["ok\tada\t0", "ok\tgrace\t1"]);
  });
});

describe("copying configurations", () => {
  const text = [
    "#managed by Coppice, stack demo/ada",
    `#coppice%3A${mark}/ada`,
    "cores: 2",
    "name: lab-ada",
    "net0: virtio=BC:24:11:00:00:01,bridge=vmbr0",
    "ide2: lab:20000/vm-20000-cloudinit.qcow2,media=cdrom",
    disk0.trim(),
    "",
  ].join("\n");
  const lineOf = (seat: string) => markLineInFile(mark, seat);
  const copy: NodeOrder = [
    "copy",
    "grace",
    20_000,
    lineOf("ada"),
    20_001,
    lineOf("grace"),
    "name",
    "lab-grace",
  ];

  test("gives a machine its own name, mark and volumes, and every other line as Proxmox wrote it", () => {
    writeConfig(20_000, text);
    expect(run([copy])).toEqual(["ok\tgrace\t20001"]);
    const copied = readFileSync(join(home, "pve/nodes/pve1/qemu-server/20001.conf"), "utf8");
    expect(copied).toBe(
      text
        .replace(`${mark}/ada`, `${mark}/grace`)
        .replace("name: lab-ada", "name: lab-grace")
        .replaceAll("20000/vm-20000", "20001/vm-20001"),
    );
  });

  test("takes the marker away from the disks that the machine names now", () => {
    writeConfig(20_000, text);
    run([make(20_001), copy]);
    expect(readdirSync(join(images, "20001"))).toEqual(["vm-20001-disk-0.qcow2"]);
  });

  test("takes no other line for the seat's mark, and makes no machine that would say it was another seat", () => {
    const told = `#made from coppice%3A${mark}/ada`;
    writeConfig(20_000, text.replace("#managed", `${told}\n#managed`));
    expect(run([copy])).toEqual(["ok\tgrace\t20001"]);
    const copied = readFileSync(join(home, "pve/nodes/pve1/qemu-server/20001.conf"), "utf8");
    expect(copied.split("\n").slice(0, 3)).toEqual([
      told,
      "#managed by Coppice, stack demo/ada",
      lineOf("grace"),
    ]);
    writeConfig(20_000, text.replace(`${mark}/ada`, `${mark}/hedy`));
    const again = copy.map((field) => (field === 20_001 ? 20_002 : field)) as unknown as NodeOrder; // as: still an order
    expect(run([again])).toEqual(["fail\tgrace\tthe configuration of 20000 does not say whose it is"]);
    expect(existsSync(join(home, "pve/nodes/pve1/qemu-server/20002.conf"))).toBe(false);
  });

  test("never opens an existing configuration for writing, on whichever node it lies", () => {
    writeConfig(20_000, text);
    mkdirSync(join(home, "pve/nodes/pve2/qemu-server"), { recursive: true });
    const foreign = join(home, "pve/nodes/pve2/qemu-server/20001.conf");
    writeFileSync(foreign, "name: foreign\n");
    expect(run([copy])).toEqual(["taken\tgrace\tguest 20001 exists"]);
    expect(readFileSync(foreign, "utf8")).toBe("name: foreign\n");
    expect(existsSync(join(home, "pve/nodes/pve1/qemu-server/20001.conf"))).toBe(false);
  });

  test("takes a copy away that broke off before its text, and leaves an empty file that is not ours", () => {
    run([make(20_001)]);
    writeConfig(20_001, "");
    writeConfig(20_002, "");
    writeFileSync(join(home, "pve/nodes/pve1/qemu-server/20001.conf.tmp.77"), text);
    expect(run([["sweep", "all"]])).toEqual(["ok\tall\t20001"]);
    expect(readdirSync(join(home, "pve/nodes/pve1/qemu-server"))).toEqual(["20002.conf"]);
    expect(existsSync(join(images, "20001"))).toBe(false);
  });
});
