import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MachineFolder } from "./fixtures/machine-folder.ts";
import { make } from "./fixtures/node-folder.ts";

let node: MachineFolder;
beforeEach(() => {
  node = new MachineFolder();
});
afterEach(() => node[Symbol.dispose]());

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
    node.write(path, text);
    expect(node.run([["pool", "lab"], make(20_001)])).toEqual(taken(why));
    expect(existsSync(join(node.images, "20001"))).toBe(false);
  });

  test("is none the worse for the class's own pool", () => {
    node.write("user.cfg", "pool:lab::20001::\n");
    expect(node.run([["pool", "lab"], make(20_001)])).toEqual(["ok\tseat-20001\t20001"]);
  });
});
