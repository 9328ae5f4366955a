import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { markLineInFile } from "../ownership/notes.ts";
import { MachineFolder, plain } from "./fixtures/machine-folder.ts";
import { make, mark } from "./fixtures/node-folder.ts";
import { type NodeOrder, nodeInput } from "./node-program.ts";

let node: MachineFolder;
beforeEach(() => {
  node = new MachineFolder();
});
afterEach(() => node[Symbol.dispose]());

/** Machines beside the first, and the orders that remove them all. */
function machines(count: number): NodeOrder[] {
  const vmids = Array.from({ length: count }, (_, index) => 20_000 + index);
  node.run(vmids.slice(1).map(make));
  return vmids.map((vmid) => {
    const line = markLineInFile(mark, `seat-${vmid}`);
    const text = plain.replaceAll("20000", String(vmid)).replace(markLineInFile(mark, "ada"), line);
    node.write(`nodes/pve1/qemu-server/${vmid}.conf`, text);
    return ["remove", `seat-${vmid}`, vmid, line];
  });
}

/** What the program answers with another `sync`, and what was there each time that this was called. */
function runWith(sync: string, orders: readonly NodeOrder[]): { said: string[]; seen: string[] } {
  const tools = join(node.home, "tools");
  const seen = join(node.home, "seen");
  mkdirSync(tools, { recursive: true });
  writeFileSync(seen, "");
  const look = `ls -d ${node.images}/20* ${node.pve("nodes/pve1/qemu-server")}/* 2>/dev/null | wc -l`;
  writeFileSync(join(tools, "sync"), `#!/bin/sh\n${look} >>${seen}\n${sync}\n`, { mode: 0o755 });
  const { stdout } = spawnSync("perl", ["-"], {
    input: nodeInput([...node.head().slice(0, 4), ...orders]),
    encoding: "utf8",
    env: { ...process.env, PATH: `${tools}:${process.env["PATH"]}` },
  });
  const counts = readFileSync(seen, "utf8").split("\n").filter(Boolean);
  return { said: stdout.split("\n").slice(1, -1), seen: counts.map((count) => count.trim()) };
}

describe("the changes of removals", () => {
  test("are: all disks, one sync, all configurations", () => {
    const { said, seen } = runWith('exec /bin/sync "$@"', machines(3));
    expect(seen).toEqual(["3"]);
    expect(said).toEqual(["ok\tseat-20000\t", "ok\tseat-20001\t", "ok\tseat-20002\t", "end"]);
    expect(node.look()).toEqual([false, false]);
  });

  test("end where the sync fails: every configuration says whose the rest is, and the next removal finishes", () => {
    const orders = machines(3);
    const { said } = runWith("echo 'Input/output error'; exit 1", orders);
    const why = "sync failed: Input/output error";
    expect(said).toEqual([
      ...["seat-20000", "seat-20001", "seat-20002"].map(
        (seat) => `fail\t${seat}\tits removal has begun, and ${why}`,
      ),
      `stop\t${why}`,
    ]);
    expect(node.look()).toEqual([expect.stringContaining("lock: destroyed"), false]);
    expect(node.run(orders)).toEqual(["ok\tseat-20000\t", "ok\tseat-20001\t", "ok\tseat-20002\t"]);
    expect(node.look()).toEqual([false, false]);
  });

  test("are all made before an order of another kind, which may be for a number that is free then", () => {
    const [first] = machines(1);
    const sweep: NodeOrder = ["sweep", "all"];
    const { said, seen } = runWith('exec /bin/sync "$@"', first === undefined ? [] : [first, sweep]);
    expect([said, seen]).toEqual([["ok\tseat-20000\t", "ok\tall\t", "end"], ["1"]]);
  });

  test("share a sync among a hundred machines, whose locks are files that are open", () => {
    const { said, seen } = runWith('exec /bin/sync "$@"', machines(101));
    expect(seen).toEqual(["102", "1"]);
    expect(said.filter((line) => line.startsWith("ok"))).toHaveLength(101);
  });

  test("end where that sync fails: no other machine's disks are taken", () => {
    const orders = machines(101);
    const { said } = runWith("echo 'Input/output error'; exit 1", orders);
    expect(said.slice(-1)).toEqual(["stop\tsync failed: Input/output error"]);
    expect(said.filter((line) => line.startsWith("fail\t"))).toHaveLength(100);
    expect(existsSync(join(node.images, "20099"))).toBe(false);
    expect(existsSync(join(node.images, "20100"))).toBe(true);
    expect(node.run(orders)).toHaveLength(101);
  });
});
