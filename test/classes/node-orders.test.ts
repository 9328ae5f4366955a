import { markLineInFile, type NodeOrder } from "@coppice/clusters";
import { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runOrders, storageOrders } from "../../packages/clusters/src/node-program/run-orders.ts";

const node = "pve1";
const mark = "0123456789";
const images = "/mnt/pve/nas/images";
const gate = `${images}/9000/base-9000-disk-9.raw`;
const seats = { ada: 20_000, grace: 20_001, joan: 20_002, mary: 20_003 };
const names = Object.keys(seats);

const head: NodeOrder[] = [
  ...storageOrders(mark, "nas"),
  ["base", "scsi0", "overlay", "qcow2", 9000, "base-9000-disk-0.qcow2"],
];
/** Whoever reads a FIFO waits: the program comes no further before the gate is opened. */
const waiting: NodeOrder = ["hash", "gate", 9000, "base-9000-disk-9.raw"];

const lineOf = (seat: string) => markLineInFile(mark, seat);

const orders = {
  make: (seat: string, vmid: number): NodeOrder => ["make", seat, vmid, "scsi0", `vm-${vmid}-disk-0.qcow2`],
  renew: (seat: string, vmid: number): NodeOrder => ["renew", seat, vmid, "scsi0"],
  settle: (seat: string, vmid: number): NodeOrder => ["settle", seat, vmid],
  discard: (seat: string, vmid: number): NodeOrder => ["discard", seat, vmid],
  copy: (seat: string, vmid: number): NodeOrder => [
    "copy",
    seat,
    20_099,
    lineOf("first"),
    vmid,
    lineOf(seat),
    "name",
    seat,
  ],
};
type OrderName = keyof typeof orders;
const orderNames = ["make", "renew", "settle", "discard", "copy"] as const satisfies OrderName[];

describe("a batch of orders whose connection breaks after two of four", () => {
  let lab: EmulatedCluster;
  beforeAll(async () => {
    lab = await EmulatedCluster.start({ nodes: 1 });
    // Each connection tells which process serves it: bash reads this before every command.
    await lab.shell(node, `mkfifo ${gate}; echo 'echo $PPID >/root/sshd.pid' >/root/.bashrc`);
    await lab.control.save("empty");
  });
  beforeEach(async () => {
    await lab.restore("empty");
    await lab.reconnect();
  });
  afterAll(() => lab.close());

  const all = (name: OrderName) => Object.entries(seats).map(([seat, vmid]) => orders[name](seat, vmid));

  /** Kills the process that serves the connection, `then` something, and lets the program go on. */
  const cut = async (then = "true") => {
    const isGone = "[ ! -d /proc/$pid ] || grep -q '^State:.*Z' /proc/$pid/status";
    await lab.shell(
      node,
      `read pid </root/sshd.pid; kill -s KILL $pid; until ${isGone}; do sleep 0.01; done; ${then}; : >${gate}`,
    );
  };

  /** Cuts after the second of four answers; the third order is the last that the program has in hand. */
  const runCut = async (name: OrderName, then?: string) => {
    const [first, second, ...others] = all(name);
    const batch = [...head, first, second, waiting, ...others].filter((order) => order !== undefined);
    const heard: string[] = [];
    let cutting: Promise<void> | undefined;
    const answers = await runOrders(lab.connection, node, batch, ({ key }) => {
      if (heard.push(key) === 2) cutting = cut(then);
    });
    await cutting;
    return { answers, heard };
  };

  const run = async (name: OrderName) => {
    const answers = await runOrders(lab.connection, node, [...head, ...all(name)]);
    return [...answers.values()].map(({ word }) => word);
  };

  const config = (vmid: number) => `/etc/pve/nodes/${node}/qemu-server/${vmid}.conf`;
  /** The seats' machines on the disks that they have. */
  const writeConfigs = async () => {
    for (const vmid of [...Object.values(seats), 20_099])
      await lab.shell(
        node,
        `printf '%s\\n' '${lineOf("first")}' 'name: x' 'scsi0: nas:9000/base-9000-disk-0.qcow2/${vmid}/vm-${vmid}-disk-0.qcow2' >${config(vmid)}`,
      );
  };
  const exist = async (pattern: string) =>
    (await lab.shell(node, `ls -d ${pattern} 2>/dev/null || true`)).trim().split("\n").filter(Boolean);

  /** How a class stands when a batch starts, what the batch has done with a seat, and what a whole one leaves. */
  const cases: Record<
    OrderName,
    { readonly before?: () => Promise<unknown>; readonly done: string; readonly all: number }
  > = {
    make: { done: `${images}/2000?/vm-*-disk-0.qcow2`, all: 4 },
    renew: {
      before: async () => [await run("make"), await writeConfigs(), await run("settle")],
      done: `${images}/2000?/vm-*-disk-1.qcow2`,
      all: 4,
    },
    settle: {
      before: async () => [await run("make"), await writeConfigs()],
      done: `${images}/2000?/.coppice-${mark}`,
      all: 0,
    },
    discard: { before: () => run("make"), done: `${images}/2000?`, all: 0 },
    copy: {
      before: async () => [
        await run("make"),
        await writeConfigs(),
        await lab.shell(node, `rm ${config(2000).replace("2000.", "2000?.")}`),
      ],
      done: config(2000).replace("2000.", "2000?."),
      all: 4,
    },
  };

  test.each(orderNames)(
    "'%s': two are done, the others are named with code and reason, and nothing else is begun",
    async (name) => {
      const { before, done, all: wanted } = cases[name];
      await before?.();
      const { answers, heard } = await runCut(name);
      expect(heard).toEqual(names.slice(0, 2));
      expect([...answers.values()].map(({ key, word, error }) => [key, word, error?.code])).toEqual([
        ["ada", "ok", undefined],
        ["grace", "ok", undefined],
        ["gate", "fail", "ssh.interrupted"],
        ["joan", "fail", "ssh.interrupted"],
        ["mary", "fail", "ssh.interrupted"],
      ]);
      expect(answers.get("mary")?.detail).toBe(
        "The connection to 127.0.0.1 was lost in the middle of a script: 2 of 5 orders had been carried out. " +
          "Run the operation again: it does the rest",
      );
      expect(await exist(done)).toHaveLength(2);
      const rest = await runOrders(lab.connection, node, [...head, ...all(name).slice(2)]);
      expect([...rest.values()].map(({ word }) => word)).toEqual(["ok", "ok"]);
      expect(await exist(done)).toHaveLength(wanted);
    },
  );

  test("counts no disk where the node cannot be asked whether it reached the storage", async () => {
    lab.control.faults.add({ effect: { kind: "ssh-refused" }, nth: 2 });
    const { answers } = await runCut("make");
    expect([...answers.values()].map(({ error }) => error?.why)).toEqual([
      "whether the disks that it had made are on the storage is not known",
      "whether the disks that it had made are on the storage is not known",
      ...Array(3).fill("2 of 5 orders had been carried out"),
    ]);
  });

  test("counts none either where the node was started anew meanwhile", async () => {
    const boot = "/proc/sys/kernel/random/boot_id";
    const { answers } = await runCut("make", `echo another >/root/boot; mount --bind /root/boot ${boot}`);
    expect(answers.get("ada")).toMatchObject({ word: "fail", error: { code: "ssh.interrupted" } });
    await lab.shell(node, `umount ${boot}`);
  });

  test("ends with the connection's own error where nothing had been done", async () => {
    let cutting: Promise<void> | undefined;
    const asking: NodeOrder[] = [...storageOrders(mark, "nas"), ["marked", "ada", 20_000], waiting];
    const work = runOrders(lab.connection, node, asking, () => {
      cutting = cut();
    });
    await expect(work).rejects.toMatchObject({ code: "ssh.interrupted" });
    await cutting;
  });
});
