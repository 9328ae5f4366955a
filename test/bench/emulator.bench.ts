import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "../e2e/emulator-command/api.ts";
import { EmulatorProcess } from "../e2e/emulator-command/emulator-process.ts";
import { inFlight, numbers, timed } from "./emulator/clock-work.ts";
import { FakePve } from "./emulator/fakepve.ts";
import { firstAnswerInProcess, firstAnswerOfCommand } from "./emulator/first-answer.ts";
import { measuredRows } from "./emulator/measured-latency.ts";
import { connectOnce, PlainSshd } from "./emulator/plain-sshd.ts";
import { compare } from "./frame/compare.ts";
import type { Row } from "./frame/row.ts";

/** How quick, small and true to time the emulator is; beside fakepve, a public simulator, where that installs. */
export async function rows(): Promise<Row[]> {
  const fake = await FakePve.install();
  try {
    return [
      await inProcess(),
      ...(await besideFake(fake)),
      await memory(),
      await tenThousand(),
      await creates(),
      await ssh(),
      ...(await measuredRows("8.4")),
      ...(await measuredRows("9.2")),
    ];
  } finally {
    fake?.remove();
  }
}

function inProcess(): Promise<Row> {
  return compare({
    metric: "first answer in process",
    unit: "ms",
    ours: firstAnswerInProcess,
    target: { of: "ours", limit: "at most", value: 300 },
  });
}

async function besideFake(fake: FakePve | undefined): Promise<Row[]> {
  const startFake = async () => {
    let ended: Promise<void> | undefined;
    const time = await timed(async () => {
      const running = await fake?.start();
      ended = running?.end();
    });
    await ended;
    return time;
  };
  const start = await compare({
    metric: "first answer as a command, beside fakepve",
    unit: "ms",
    ours: firstAnswerOfCommand,
    ...(fake === undefined ? {} : { peer: startFake }),
    target: { of: "ours", limit: "at most", value: 700 },
  });
  return [start, await requestRate(fake)];
}

async function requestRate(fake: FakePve | undefined): Promise<Row> {
  const emulator = await EmulatorProcess.start();
  const api = new Api(emulator);
  const running = await fake?.start();
  const rate = async (one: () => Promise<unknown>) => {
    const time = await timed(() => inFlight(numbers(0, 1000), 8, async () => void (await one())));
    return 1_000_000 / time;
  };
  try {
    return await compare({
      metric: "GET access/domains, 8 in flight, beside fakepve",
      unit: "a second",
      ours: () => rate(() => api.call("GET", "/access/domains")),
      ...(running === undefined ? {} : { peer: () => rate(() => running.answers()) }),
    });
  } finally {
    api.close();
    await Promise.all([emulator.end(), running?.end()]);
  }
}

async function memory(): Promise<Row> {
  return await compare({
    metric: "resident with 3 nodes and 100 guests",
    unit: "MB",
    rounds: 3,
    ours: async () => {
      const emulator = await EmulatorProcess.start();
      const api = new Api(emulator);
      await inFlight(numbers(100, 100), 6, (vmid) =>
        api.done("POST", `/nodes/pve${(vmid % 3) + 1}/qemu`, { vmid: String(vmid), name: `seat-${vmid}` }),
      );
      const status = readFileSync(`/proc/${emulator.pid}/status`, "utf8");
      api.close();
      await emulator.end();
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
    },
    target: { of: "ours", limit: "at most", value: 120 },
  });
}

async function tenThousand(): Promise<Row> {
  const data = mkdtempSync(join(tmpdir(), "coppice-bench-many-"));
  const guests = join(data, "pve", "nodes", "pve1", "qemu-server");
  mkdirSync(guests, { recursive: true });
  for (const vmid of numbers(10_000, 10_000)) writeFileSync(join(guests, `${vmid}.conf`), configOf(vmid));
  const emulator = await EmulatorProcess.start("--data", data);
  const api = new Api(emulator);
  try {
    return await compare({
      metric: "cluster/resources with 10,000 guests",
      unit: "ms",
      ours: () => timed(() => api.call("GET", "/cluster/resources")),
      target: { of: "ours", limit: "at most", value: 60 },
    });
  } finally {
    api.close();
    await emulator.end();
    rmSync(data, { recursive: true, force: true });
  }
}

function configOf(vmid: number): string {
  return `cores: 2\nmemory: 2048\nname: seat-${vmid}\nnet0: virtio=BC:24:11:00:00:01,bridge=vmbr0\nostype: l26\ntags: lab\n`;
}

/** Created and finished: each is waited for, as a client does. */
async function creates(): Promise<Row> {
  const emulator = await EmulatorProcess.start("--nodes", "1");
  const api = new Api(emulator);
  let next = 10_000;
  try {
    return await compare({
      metric: "guests without disks made, 6 in flight, each task awaited",
      unit: "a second",
      rounds: 5,
      ours: async () => {
        const vmids = numbers(next, 300);
        next += 300;
        const time = await timed(() =>
          inFlight(vmids, 6, (vmid) => api.done("POST", "/nodes/pve1/qemu", { vmid: String(vmid) })),
        );
        return 300_000 / time;
      },
      target: { of: "ours", limit: "at least", value: 300 },
    });
  } finally {
    api.close();
    await emulator.end();
  }
}

async function ssh(): Promise<Row> {
  const emulator = await EmulatorProcess.start("--nodes", "1");
  const plain = await PlainSshd.start();
  const [, ...args] = emulator.field("SSH").split(" ");
  try {
    return await compare({
      metric: "ssh, true, and out again, beside a plain sshd",
      unit: "ms",
      ours: () => timed(() => connectOnce(args)),
      peer: () => timed(() => connectOnce(plain.args)),
      target: { of: "ratio", limit: "at most", value: 1.3 },
    });
  } finally {
    await Promise.all([plain.end(), emulator.end()]);
  }
}
