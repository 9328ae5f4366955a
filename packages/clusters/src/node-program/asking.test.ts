import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { make, NodeFolder } from "./fixtures/node-folder.ts";
import { type NodeOrder, nodeInput } from "./node-program.ts";

function answersOf(node: NodeFolder, orders: readonly NodeOrder[]): string[] {
  const input = nodeInput([...node.head("lab"), ...orders]);
  const { stdout } = spawnSync("perl", ["-"], { input, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.startsWith("ok\t"));
}

test("the program tells whose a number's folder is, and what a machine's disks take, and changes nothing", () => {
  using node = new NodeFolder();
  answersOf(node, [make(20_000), make(20_001), ["settle", "seat-20001", 20_001]]);
  const theirs = join(node.images, "20002");
  mkdirSync(theirs);
  writeFileSync(join(theirs, "vm-20002-disk-0.qcow2"), Buffer.alloc(40_960, 1));
  writeFileSync(join(theirs, "vm-20002-cloudinit.qcow2"), Buffer.alloc(40_960, 1));
  const [first = "", ...others] = answersOf(node, [
    ["written", "a", 20_000],
    ["written", "b", 20_002],
    ["written", "c", 20_003],
    ["marked", "a", 20_000],
    ["marked", "b", 20_002],
    ["marked", "c", 20_003],
  ]);
  expect(Number(first.split("\t")[2])).toBeLessThanOrEqual(16_384);
  expect(Number(first.split("\t")[2])).toBeGreaterThan(0);
  expect(others).toEqual(["ok\tb\t40960", "ok\tc\t0", "ok\ta\tours", "ok\tb\ttheirs", "ok\tc\t"]);
});
