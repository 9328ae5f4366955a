import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MachineFolder, plain, remove, vmid } from "./fixtures/machine-folder.ts";
import { make } from "./fixtures/node-folder.ts";
import { openGate, startWaiting, wait } from "./fixtures/program-at-work.ts";
import type { NodeOrder } from "./node-program.ts";

let node: MachineFolder;
beforeEach(() => {
  node = new MachineFolder();
});
afterEach(() => node[Symbol.dispose]());

/** What the program says of orders before which something happens to the node. */
async function runWhen(happens: () => void, orders: readonly NodeOrder[]): Promise<string[]> {
  const work = startWaiting(node, [["marked", "ready", vmid], wait, ...orders]);
  await work.says(2);
  happens();
  await openGate(node);
  const lines = await work.said;
  return lines.filter((line) => !/^(?:begin|end)\b|\t(?:ready|wait)\t/.test(line));
}

const there = () => node.look();
const lostCluster = () => {
  renameSync(join(node.home, "pve"), join(node.home, "unmounted"));
  mkdirSync(join(node.home, "pve"));
};
const backAgain = () => {
  rmSync(join(node.home, "pve"), { recursive: true });
  renameSync(join(node.home, "unmounted"), join(node.home, "pve"));
};

describe("the cluster's files, when they go away in the midst of a batch", () => {
  test.each([
    [["sweep", "ada"]],
    [["discard", "ada", vmid]],
    [make(vmid)],
    [["settle", "ada", vmid]],
    [["copy", "ada", 9000, "#x", vmid, "#y"]],
    [remove],
  ] satisfies [NodeOrder][])("tell of no machine whose disks might be taken: %j", async (order) => {
    const before = there();
    const said = await runWhen(lostCluster, [order]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^fail\t.*(?:are not mounted on|is not there|cannot read)/);
    backAgain();
    expect(there()).toEqual(before);
  });

  test("the folder of configurations alone is missed, too", () => {
    rmSync(node.pve("nodes/pve1/qemu-server"), { recursive: true });
    expect(node.run([remove])).toEqual([`fail\tada\t${node.pve("nodes/pve1/qemu-server")} is not there`]);
  });

  test("what cannot be read is not nothing", () => {
    mkdirSync(node.pve("jobs.cfg"));
    const before = there();
    const why = `cannot read ${node.pve("jobs.cfg")}: Is a directory`;
    expect(node.run([remove])).toEqual([`left\tada\t${why}`]);
    expect(there()).toEqual(before);
    expect(node.run([make(20_001)])).toEqual([`fail\tseat-20001\t${why}`]);
  });
});

describe("another node than the one meant", () => {
  test("is touched by nothing", () => {
    rmSync(node.pve("local"));
    symlinkSync("nodes/pve2", node.pve("local"));
    const refused = `this is not node 'pve1': ${node.pve("local")} leads to 'nodes/pve2'`;
    expect(node.run([["sweep", "all"], remove])).toEqual([`stop\t${refused}`]);
    mkdirSync(node.pve("nodes/pve2"));
    expect(node.run([["sweep", "all"], remove])).toEqual([`stop\t${refused}`]);
  });

  test("neither is one without a cluster's files, nor one that nobody named", () => {
    rmSync(node.pve("local"));
    const none = `the cluster's files are not mounted on ${join(node.home, "pve")}`;
    expect(node.run([remove])).toEqual([`stop\t${none}`]);
    const head = node.head();
    node.head = () => head.slice(1);
    expect(node.run([make(20_001)])).toEqual(["stop\tthe orders do not say which node they are for"]);
  });

  test("its link may lead over others, as long as it leads there", () => {
    rmSync(node.pve("local"));
    symlinkSync("nodes/pve1", join(node.home, "here"));
    symlinkSync(node.pve("nodes/pve1"), node.pve("local"));
    expect(node.run([remove])).toEqual(["ok\tada\t"]);
  });
});

describe("a storage", () => {
  const section = (...lines: string[]) => {
    const text = [`dir: lab`, `path ${node.home}/lab`, "content images", ...lines].join("\n\t");
    node.write("storage.cfg", `dir: local\n\tpath /nowhere\n\n${text}\n`);
  };
  const mounted = (path: string) =>
    writeFileSync(join(node.home, "mounts"), `server:/x ${path.replaceAll(" ", "\\040")} nfs rw 0 0\n`);
  /** A removal has begun, and of the disks nothing is to be seen. */
  const unmounted = () => {
    writeFileSync(node.config, `${plain}lock: destroyed\n`.replace(/lab:9000\/base[^/]*\//, "lab:"));
    rmSync(node.machine, { recursive: true });
  };

  test.each([
    ["that is a mount point", () => section("is_mountpoint 1"), "lab"],
    ["that is said to be one by a word", () => section("is_mountpoint yes"), "lab"],
    ["below one", () => section(`is_mountpoint ${node.home}`), ""],
    ["of the network", () => node.write("storage.cfg", `nfs: lab\n\tpath ${node.home}/lab\n`), "lab"],
  ])("%s has to be mounted before disks count as gone", (_, prepare, at) => {
    prepare();
    unmounted();
    const path = at === "" ? node.home : join(node.home, at);
    expect(node.run([remove])).toEqual([`stop\tstorage 'lab' is not mounted on ${path}`]);
    mounted(path);
    expect(node.run([remove])).toEqual(["ok\tada\t"]);
  });

  test("is not believed either that is unmounted in the midst of a batch", async () => {
    section("is_mountpoint 1");
    mounted(join(node.home, "lab"));
    const said = await runWhen(() => {
      unmounted();
      mounted("/elsewhere");
    }, [remove]);
    const why = `storage 'lab' is not mounted on ${node.home}/lab`;
    expect(said).toEqual([`fail\tada\tits removal has begun, and ${why}`]);
    expect(there()).toEqual([expect.stringContaining("lock: destroyed"), false]);
  });

  test("without its folder of images tells nothing of disks", () => {
    unmounted();
    rmSync(node.images, { recursive: true });
    expect(node.run([remove])).toEqual([`fail\tada\tits removal has begun, and ${node.images} is not there`]);
  });

  test.each(["mkdir 0", "create-subdirs 0"])(
    "that says '%s' gets no folder on an empty mount point",
    (line) => {
      section(line);
      const lab = join(node.home, "lab");
      renameSync(lab, join(node.home, "unmounted"));
      mkdirSync(lab);
      const head = node.head().filter(([order]) => order !== "base");
      node.head = () => head;
      expect(node.run([make(20_001)])).toEqual([
        `fail\tseat-20001\tstorage 'lab' has no folder ${node.images}, and none is to be made`,
      ]);
    },
  );

  test.each([
    ["disable", "storage 'lab' is disabled"],
    ["nodes pve2,pve3", "storage 'lab' is not for node 'pve1'"],
  ])("that says '%s' is not used", (line, why) => {
    section(line);
    expect(node.run([remove])).toEqual([`stop\t${why}`]);
  });

  test("may lie at a path with a space", () => {
    const spaced = join(node.home, "my lab");
    renameSync(join(node.home, "lab"), spaced);
    symlinkSync(spaced, join(node.home, "lab"));
    section();
    node.write("storage.cfg", `dir: lab\n\tpath ${spaced}\n\tis_mountpoint 1\n`);
    mounted(spaced);
    rmSync(node.config);
    expect(node.run([["sweep", "all"]])).toEqual([`ok\tall\t${vmid}`]);
    expect(there()).toEqual([false, false]);
  });
});
