import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { disk, MachineFolder, own, plain, remove, vmid } from "./fixtures/machine-folder.ts";
import { nodeInput } from "./node-program.ts";

let node: MachineFolder;
beforeEach(() => {
  node = new MachineFolder();
});
afterEach(() => node[Symbol.dispose]());

describe("removing a machine on its node", () => {
  test("takes its disks, its folder and at last its configuration, and tells the pool that it was a member of", () => {
    writeFileSync(join(node.machine, `vm-${vmid}-cloudinit.qcow2`), "drive");
    node.write("user.cfg", `pool:lab:notes:19999,${vmid},20001:nas:\npool:other::12:0:\n`);
    expect(node.run([["pool", "lab"], remove])).toEqual(["ok\tada\tlab"]);
    expect(node.look()).toEqual([false, false]);
    expect(readdirSync(join(node.images, "9000"))).toHaveLength(2);
  });

  test("is done where nothing is left, and tells the pool still", () => {
    rmSync(node.config);
    node.write("user.cfg", `pool:lab::${vmid}::\n`);
    expect(node.run([["pool", "lab"], remove])).toEqual(["ok\tada\tlab"]);
    // In a pool that is not the class's it is somebody else's member by now.
    expect(node.run([["pool", "other"], remove])).toEqual(["ok\tada\t"]);
  });

  test("removes linked clones of Proxmox's own, and disks under the short name", () => {
    node.change(disk, `file=lab:${vmid}/vm-${vmid}-disk-0.qcow2`);
    expect(node.run([remove])).toEqual(["ok\tada\t"]);
    expect(node.look()).toEqual([false, false]);
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
    expect(readFileSync(node.config, "utf8")).toContain(own);
    expect(existsSync(join(node.machine, `vm-${vmid}-disk-0.qcow2`))).toBe(step <= 3);
    expect(node.run([remove])).toEqual(["ok\tada\t"]);
    expect(node.look()).toEqual([false, false]);
  });

  test("has been killed at each of its changes", () => {
    expect(node.run([remove], `-I${fixtures}`, `-MTrouble=kill,${steps.length + 1}`)).toEqual(["ok\tada\t"]);
  });

  test("touches nothing where the cluster takes no change, as without quorum", () => {
    const before = node.look();
    expect(node.run([remove], `-I${fixtures}`, "-MTrouble=refuse")).toEqual([
      `fail\tada\tcannot open ${node.config}: Permission denied`,
    ]);
    expect(node.look()).toEqual(before);
  });

  test("says what stands in the way of the rest, which Proxmox would refuse", () => {
    writeFileSync(node.config, `${plain}lock: destroyed\n`);
    node.write(`firewall/${vmid}.fw`, "");
    expect(node.run([remove])).toEqual(["fail\tada\tits removal has begun, and it has firewall rules"]);
  });

  test("of Proxmox's own is not ours to finish", () => {
    writeFileSync(node.config, "lock: destroyed\n");
    expect(node.run([remove])).toEqual(["left\tada\tit does not carry our mark"]);
  });
});
