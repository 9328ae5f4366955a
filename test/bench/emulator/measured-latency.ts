import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Api } from "../../e2e/emulator-command/api.ts";
import { EmulatorProcess } from "../../e2e/emulator-command/emulator-process.ts";
import { compare } from "../frame/compare.ts";
import type { Row } from "../frame/row.ts";
import { inFlight, numbers, timed } from "./clock-work.ts";
import { genuine } from "./genuine.ts";

const run = promisify(execFile);
const node = "/nodes/pve1";
const base = "base-9000-disk-0.qcow2";
const seed = `bare: true
guests:
  - { vmid: 9000, node: pve1, scsi0: "local:1,format=qcow2", template: true }
`;

/** Operations with `--latency measured`, each beside what a genuine node took. */
export async function measuredRows(pve: "8.4" | "9.2"): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "coppice-bench-latency-"));
  const file = join(folder, "seed.yaml");
  writeFileSync(file, seed);
  const flags = ["--pve", pve, "--nodes", "1", "--seed", file, "--latency", "measured"];
  const emulator = await EmulatorProcess.start(...flags);
  const api = new Api(emulator);
  try {
    const bench = new Measured(emulator, api, pve);
    return [...(await bench.single()), ...(await bench.many())];
  } finally {
    api.close();
    await emulator.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Operation = keyof (typeof genuine)["8.4"];

class Measured {
  readonly #ssh: readonly string[];
  readonly #api: Api;
  readonly #pve: "8.4" | "9.2";
  #vmid = 1000;

  constructor(emulator: EmulatorProcess, api: Api, pve: "8.4" | "9.2") {
    this.#ssh = emulator.field("SSH").split(" ").slice(1);
    this.#api = api;
    this.#pve = pve;
  }

  async single(): Promise<Row[]> {
    const config = `${node}/qemu/9000/config`;
    // One more than rounds: the first one is not measured.
    const prepared = numbers(200, 12);
    await this.#overlays(prepared);
    const next = prepared.values();
    return [
      await this.#row("get", "GET version", () => this.#api.call("GET", "/version")),
      await this.#row("putConfig", "PUT config", () => this.#api.call("PUT", config, { description: "x" })),
      await this.#row("postConfig", "POST config, done", () =>
        this.#api.done("POST", config, { description: "y" }),
      ),
      await this.#row("create", "create on an overlay, done", () => this.#create(next.next().value ?? 0)),
      await this.#row("linkedClone", "linked clone, done", () => this.#clone(this.#vmids(1)[0] ?? 0)),
    ];
  }

  async many(): Promise<Row[]> {
    const { creates, clones } = genuine[this.#pve];
    const target = { of: "ratio", limit: "within", value: 0.25 } as const;
    const ratio = await compare({
      metric: `${this.#pve}: 25 creates, as a part of 25 linked clones, beside a genuine node`,
      unit: "ratio",
      rounds: 3,
      ours: async () => (await this.#creates()) / (await this.#clones()),
      peer: () => creates / clones,
      target,
    });
    return [
      await this.#compare("creates", "25 creates at once", 3, () => this.#creates()),
      await this.#compare("clones", "25 linked clones at once", 3, () => this.#clones()),
      await this.#compare("deletes", "25 removals at once", 3, () => this.#removals(25)),
      await this.#compare("byFour", "25 removals, four at once", 3, () => this.#removals(4)),
      ratio,
    ];
  }

  async #creates(): Promise<number> {
    const vmids = this.#vmids(25);
    await this.#overlays(vmids);
    return await this.#batch(vmids, (vmid) => this.#create(vmid));
  }

  async #clones(): Promise<number> {
    return await this.#batch(this.#vmids(25), (vmid) => this.#clone(vmid));
  }

  async #removals(width: number): Promise<number> {
    const vmids = this.#vmids(25);
    await inFlight(vmids, 4, (vmid) => this.#clone(vmid));
    return await timed(() => inFlight(vmids, width, (vmid) => this.#remove(vmid)));
  }

  async #batch(vmids: readonly number[], one: (vmid: number) => Promise<void>): Promise<number> {
    const time = await timed(() => inFlight(vmids, 25, one));
    await inFlight(vmids, 4, (vmid) => this.#remove(vmid));
    return time;
  }

  async #remove(vmid: number): Promise<void> {
    await this.#api.done("DELETE", `${node}/qemu/${vmid}`);
  }

  #vmids(count: number): number[] {
    this.#vmid += count;
    return numbers(this.#vmid - count, count);
  }

  /** Makes the files that a create then names: over SSH, all at once, as a class of machines is made. */
  async #overlays(vmids: readonly number[]): Promise<void> {
    const make = `mkdir $id && qemu-img create -q -f qcow2 -F qcow2 -b ../9000/${base} $id/vm-$id-disk-0.qcow2`;
    const script = `cd /var/lib/vz/images && for id in ${vmids.join(" ")}; do ${make} || exit; done`;
    await run("ssh", ["-F", "none", "-o", "BatchMode=yes", ...this.#ssh, script], { timeout: 60_000 });
  }

  async #create(vmid: number): Promise<void> {
    const scsi0 = `local:9000/${base}/${vmid}/vm-${vmid}-disk-0.qcow2`;
    const net0 = "virtio,bridge=vmbr0";
    await this.#api.done("POST", `${node}/qemu`, { vmid: String(vmid), memory: "512", net0, scsi0 });
  }

  async #clone(vmid: number): Promise<void> {
    await this.#api.done("POST", `${node}/qemu/9000/clone`, { newid: String(vmid) });
  }

  #row(operation: Operation, name: string, work: () => Promise<unknown>): Promise<Row> {
    return this.#compare(operation, name, 11, () => timed(work));
  }

  #compare(operation: Operation, name: string, rounds: number, ours: () => Promise<number>): Promise<Row> {
    const target = { of: "ratio", limit: "within", value: 0.25 } as const;
    const metric = `${this.#pve}: ${name}, beside a genuine node`;
    return compare({ metric, unit: "ms", rounds, ours, peer: () => genuine[this.#pve][operation], target });
  }
}
