import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderMarker } from "../ownership/folder-marker.ts";
import { markLineInFile } from "../ownership/notes.ts";
import { make, mark, NodeFolder } from "./fixtures/node-folder.ts";
import { type NodeOrder, nodeInput } from "./node-program.ts";

const vmid = 20_000;
const own = markLineInFile(mark, "ada");
const disk = `lab:9000/base-9000-disk-0.qcow2/${vmid}/vm-${vmid}-disk-0.qcow2,size=64M`;
const plain = [
  "#managed by Coppice, stack demo/ada",
  "#",
  own,
  "agent: 1",
  `boot: order=scsi0`,
  `ide2: lab:${vmid}/vm-${vmid}-cloudinit.qcow2,media=cdrom`,
  "ide3: local:iso/debian.iso,media=cdrom",
  "name: lab-ada",
  "net0: virtio=BC:24:11:00:00:01,bridge=vmbr0",
  `scsi0: ${disk}`,
  "",
].join("\n");
const remove: NodeOrder = ["remove", "ada", "pve1", vmid, own];

let node: NodeFolder;
const pve = (path: string) => join(node.home, "pve", path);
const config = () => pve(`nodes/pve1/qemu-server/${vmid}.conf`);
const folder = () => join(node.images, String(vmid));

beforeEach(() => {
  node = new NodeFolder();
  // Its marker is there still: the machine was never settled.
  run([make(vmid)]);
  writeFileSync(config(), plain);
});
afterEach(() => node[Symbol.dispose]());

/** What the program answers to orders, a line each. */
function run(orders: readonly NodeOrder[], ...modules: readonly string[]): string[] {
  // A removal is told of no base.
  const head = orders.some(([order]) => order === "make") ? node.head() : node.head().slice(0, 3);
  const input = nodeInput([...head, ...orders]);
  const { stdout, stderr } = spawnSync("perl", [...modules, "-"], { input, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => /^(?:ok|taken|left|fail|stop)\t/.test(line));
}

/** Writes a file of the cluster. */
function write(path: string, text: string): void {
  mkdirSync(join(pve(path), ".."), { recursive: true });
  writeFileSync(pve(path), text);
}

/** Everything that a removal may touch. */
function what(): unknown {
  const text = existsSync(config()) && readFileSync(config(), "utf8");
  return [text, existsSync(folder()) && readdirSync(folder()).sort()];
}

const change = (from: string, to: string) => writeFileSync(config(), plain.replace(from, to));

describe("removing a machine on its node", () => {
  test("takes its disks, its folder and at last its configuration, and tells the pool that it was a member of", () => {
    writeFileSync(join(folder(), `vm-${vmid}-cloudinit.qcow2`), "drive");
    write("user.cfg", `pool:lab:notes:19999,${vmid},20001:nas:\npool:other::12:0:\n`);
    expect(run([["pool", "lab"], remove])).toEqual(["ok\tada\tlab"]);
    expect(what()).toEqual([false, false]);
    expect(readdirSync(join(node.images, "9000"))).toHaveLength(2);
  });

  test("is done where nothing is left, and tells the pool still", () => {
    rmSync(config());
    write("user.cfg", `pool:lab::${vmid}::\n`);
    expect(run([["pool", "lab"], remove])).toEqual(["ok\tada\tlab"]);
    // In a pool that is not the class's it is somebody else's member by now.
    expect(run([["pool", "other"], remove])).toEqual(["ok\tada\t"]);
  });

  test("removes linked clones of Proxmox's own, and disks under the short name", () => {
    change(disk, `file=lab:${vmid}/vm-${vmid}-disk-0.qcow2`);
    expect(run([remove])).toEqual(["ok\tada\t"]);
    expect(what()).toEqual([false, false]);
  });
});

describe("leaves a machine as it is, for Proxmox to remove", () => {
  const named = (text: string) => () => change("agent: 1\n", `agent: 1\n${text}\n`);
  const file = (path: string, text: string) => () => write(path, text);
  const cases: readonly (readonly [why: string, prepare: () => void, reason: string])[] = [
    ["of another seat", () => change(own, markLineInFile(mark, "grace")), "it does not carry our mark"],
    ["of another class", () => change(mark, "ffffffffff"), "it does not carry our mark"],
    ["that names two seats", () => change("#\n", `${own}x\n`), "it does not carry our mark"],
    ["whose mark is no line of its own", () => change(own, `# ${own}`), "it does not carry our mark"],
    [
      "whose mark stands in a snapshot",
      () =>
        change(`${own}\n`, "") ??
        writeFileSync(config(), `${readFileSync(config(), "utf8")}\n[one]\n${own}\n`),
      "it has snapshots, or changes that wait",
    ],
    ["that is locked", named("lock: backup"), "it is locked (backup)"],
    ["that is protected", named("protection: 1"), "it is protected"],
    ["that is a template", named("template: 1"), "it is a template"],
    [
      "with a snapshot",
      () => writeFileSync(config(), `${plain}\n[one]\nname: x\n`),
      "it has snapshots, or changes that wait",
    ],
    [
      "with changes that wait",
      () => writeFileSync(config(), `${plain}\n[PENDING]\nmemory: 4096\n`),
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
      () => change(`lab:${vmid}/vm-${vmid}-cloudinit`, `local:${vmid}/vm-${vmid}-cloudinit`),
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
      () => rmSync(join(folder(), `vm-${vmid}-disk-0.qcow2`)),
      "a disk of it is not there",
    ],
    [
      "with a further file in its folder",
      () => writeFileSync(join(folder(), `vm-${vmid}-disk-7.qcow2`), ""),
      "its folder holds other files",
    ],
    [
      "with another class's marker",
      () => writeFileSync(join(folder(), folderMarker("ffffffffff")), ""),
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
        write("sdn/zones.cfg", "simple: one\n\tipam pve\n\nsimple: two\n");
        write("sdn/vnets.cfg", "vnet: labnet\n\tzone one\n\nvnet: othernet\n\tzone two\n");
        change("bridge=vmbr0", "bridge=labnet");
      },
      "an address is kept for it",
    ],
    [
      "that is on another node",
      () => {
        rmSync(config());
        write(`nodes/pve2/qemu-server/${vmid}.conf`, plain);
      },
      "it is on another node",
    ],
  ];

  test.each(cases)("one %s", (_, prepare, reason) => {
    prepare();
    const before = what();
    expect(run([remove])).toEqual([`left\tada\t${reason}`]);
    expect(what()).toEqual(before);
  });

  test("one whose lock somebody holds, without waiting for it", async () => {
    mkdirSync(join(node.home, "qemu-server"));
    const path = join(node.home, `qemu-server/lock-${vmid}.conf`);
    const holder = spawn("flock", [path, "sh", "-c", "echo held; read end"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    await once(holder.stdout, "data");
    const before = what();
    expect(run([remove])).toEqual(["left\tada\tsomebody holds its lock"]);
    expect(what()).toEqual(before);
    holder.stdin.end("\n");
    await once(holder, "exit");
    expect(run([remove])).toEqual(["ok\tada\t"]);
  });

  test.each([
    ["a number that begins like its own", () => write("jobs.cfg", `vzdump: one\n\tvmid ${vmid}1,1${vmid}\n`)],
    ["rights on another number", () => write("user.cfg", `acl:1:/vms/${vmid}1:ada@pve:PVEVMUser:\n`)],
    ["a schedule", () => write("jobs.cfg", `vzdump: one\n\tmaxfiles ${vmid}\n\tvmid 1\n`)],
    [
      "a virtual network without addresses",
      () => {
        write("sdn/zones.cfg", "simple: one\n\tipam pve\n\nsimple: two\n");
        write("sdn/vnets.cfg", "vnet: labnet\n\tzone two\n");
        change("bridge=vmbr0", "bridge=labnet");
      },
    ],
    ["a protection that is off", named("protection: 0")],
  ])("but not for %s", (_, prepare) => {
    prepare();
    expect(run([remove])).toEqual(["ok\tada\t"]);
  });
});

describe("a removal that breaks off", () => {
  const fixtures = join(import.meta.dirname, "fixtures");
  /** Lock line, two disks, marker, folder, configuration; the program writes no answer before. */
  const steps = [1, 2, 3, 4, 5, 6];

  test.each(steps)("is finished by the next one, killed before its change number %i", (step) => {
    const { stdout } = spawnSync("perl", [`-I${fixtures}`, `-MTrouble=kill,${step}`, "-"], {
      input: nodeInput([...node.head(), remove]),
      encoding: "utf8",
    });
    expect(stdout).not.toContain("ok");
    // Whose it is can be told to the end.
    expect(readFileSync(config(), "utf8")).toContain(own);
    expect(existsSync(join(folder(), `vm-${vmid}-disk-0.qcow2`))).toBe(step <= 3);
    expect(run([remove])).toEqual(["ok\tada\t"]);
    expect(what()).toEqual([false, false]);
  });

  test("has been killed at each of its changes", () => {
    expect(run([remove], `-I${fixtures}`, `-MTrouble=kill,${steps.length + 1}`)).toEqual(["ok\tada\t"]);
  });

  test("touches nothing where the cluster takes no change, as without quorum", () => {
    const before = what();
    expect(run([remove], `-I${fixtures}`, "-MTrouble=refuse")).toEqual([
      `fail\tada\tcannot open ${config()}: Permission denied`,
    ]);
    expect(what()).toEqual(before);
  });

  test("says what stands in the way of the rest, which Proxmox would refuse", () => {
    writeFileSync(config(), `${plain}lock: destroyed\n`);
    write(`firewall/${vmid}.fw`, "");
    expect(run([remove])).toEqual(["fail\tada\tits removal has begun, and it has firewall rules"]);
  });

  test("of Proxmox's own is not ours to finish", () => {
    writeFileSync(config(), "lock: destroyed\n");
    expect(run([remove])).toEqual(["left\tada\tit does not carry our mark"]);
  });
});

describe("a number that was used before", () => {
  const taken = (why: string) => [`taken\tseat-20001\tits former machine left something: ${why}`];
  test.each([
    ["rights", "user.cfg", "acl:1:/vms/20001:ada@pve:PVEVMUser:\n", "rights are given on /vms/20001"],
    ["a resource of HA", "ha/resources.cfg", "vm: 20001\n", "HA names it"],
    ["a backup job", "jobs.cfg", "vzdump: one\n\tvmid 20001\n", "a backup job names it"],
    ["replication", "replication.cfg", "local: 20001-0\n", "a replication job names it"],
    ["firewall rules", "firewall/20001.fw", "[RULES]\n", "it has firewall rules"],
    ["another pool", "user.cfg", "pool:theirs::20001::\n", "pool theirs has it as a member"],
  ])("is passed over for %s that its machine left", (_, path, text, why) => {
    write(path, text);
    expect(run([["pool", "lab"], make(20_001)])).toEqual(taken(why));
    expect(existsSync(join(node.images, "20001"))).toBe(false);
  });

  test("is none the worse for the class's own pool", () => {
    write("user.cfg", "pool:lab::20001::\n");
    expect(run([["pool", "lab"], make(20_001)])).toEqual(["ok\tseat-20001\t20001"]);
  });
});
