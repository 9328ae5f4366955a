import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Properties } from "@coppice/core";
import {
  createWorkers,
  type Home,
  holdStack,
  openHome,
  type RunOrder,
  type RunOutcome,
  type Workers,
} from "@coppice/engine";
import { EmulatedCluster } from "@coppice/testkit";
import { toolEnvironment } from "@coppice/toolchain";
import { ClassStack } from "../../e2e/class/class-stack.ts";

const run = promisify(execFile);
const coldRun = join(import.meta.dirname, "cold-run.ts");

/** A class of 25, as the plain side declares it and as the description says it. */
export const classOf25 = {
  template: { vmid: 9000 },
  storage: "nas",
  seats: 25,
  vmids: { from: 20_000, to: 20_099 },
};

/** Two ways to the same machines on one emulated cluster: the plain engine, and ours, warm and cold. */
export class BenchEngine {
  readonly #cluster: EmulatedCluster;
  readonly #plain: ClassStack;
  readonly #folder: string;
  readonly #home: Home;
  readonly #workers: Workers;
  readonly #tools: { readonly pulumi: string; readonly env: NodeJS.ProcessEnv };

  private constructor(
    cluster: EmulatedCluster,
    plain: ClassStack,
    home: Home,
    tools: { readonly pulumi: string; readonly env: NodeJS.ProcessEnv },
  ) {
    this.#cluster = cluster;
    this.#plain = plain;
    this.#home = home;
    this.#folder = join(home.folder, "..");
    this.#tools = tools;
    this.#workers = createWorkers({ home, pulumi: tools.pulumi, environment: tools.env, size: 2 });
  }

  static async start(): Promise<BenchEngine> {
    const cluster = await EmulatedCluster.start({ nodes: 2, timeScale: 5 });
    await cluster.control.save("nothing");
    const plain = await ClassStack.create(cluster.emulator, {
      example: "lab-class",
      program: "export {};\n",
    });
    const { pulumi, env: found } = await toolEnvironment();
    const inherited = Object.entries(found).filter(([name]) => !/^(PULUMI_|PROXMOX_VE_)/.test(name));
    const folder = mkdtempSync(join(tmpdir(), "coppice-bench-"));
    const env = { ...Object.fromEntries(inherited), COPPICE_HOME: join(folder, "home") };
    const bench = new BenchEngine(cluster, plain, await openHome(env), { pulumi, env });
    await bench.#workers.ready();
    await bench.begin();
    return bench;
  }

  /** Makes the stacks of both sides and keeps how they began. */
  async begin(): Promise<void> {
    await this.warm("up");
    await this.plain("up");
    cpSync(this.#home.folder, `${this.#home.folder}-nothing`, { recursive: true });
    cpSync(this.#plainState, `${this.#plainState}-nothing`, { recursive: true });
  }

  /** Takes both sides back to where nothing was made. */
  async reset(): Promise<void> {
    await this.#cluster.restore("nothing");
    for (const folder of [join(this.#home.folder, "state"), this.#plainState]) {
      const kept =
        folder === this.#plainState ? `${folder}-nothing` : join(`${this.#home.folder}-nothing`, "state");
      rmSync(folder, { recursive: true });
      cpSync(kept, folder, { recursive: true });
    }
  }

  /** Has the plain side declare a class, or nothing. */
  async declare(method?: string): Promise<void> {
    const args = JSON.stringify({ ...classOf25, ...(method !== undefined && { method }) });
    const program = `import { LabClass } from "@coppice/components";\nnew LabClass("lab", ${args});\n`;
    await this.#plain.write(method === undefined ? "export {};\n" : program);
  }

  /** Milliseconds of the plain engine. */
  async plain(verb: "up" | "preview"): Promise<number> {
    const options = verb === "up" ? ["--yes", "--skip-preview"] : [];
    return await elapsed(() => this.#plain.succeeds(verb, ...options));
  }

  /** Milliseconds of a worker that waits. */
  async warm(verb: RunOrder["verb"], more: Partial<RunOrder> = {}): Promise<number> {
    const order = this.#order(verb, more);
    return await elapsed(async () => succeeded(await this.#run(order)));
  }

  /** As an operation does: what changes the stack is under its lease. */
  async #run(order: RunOrder): Promise<RunOutcome> {
    if (order.verb === "preview") return await this.#workers.run(order, silent, "changes nothing");
    const request = { who: order.who, signal: silent.signal };
    return await holdStack(this.#home, order, request, (lease) => this.#workers.run(order, silent, lease));
  }

  /** Milliseconds of a process that is started for it. */
  async cold(verb: RunOrder["verb"], more: Partial<RunOrder> = {}): Promise<number> {
    const file = join(this.#folder, "order.json");
    writeFileSync(file, JSON.stringify(this.#order(verb, more)));
    const args = [coldRun, file, this.#tools.pulumi];
    return await elapsed(() => run(process.execPath, args, { env: this.#tools.env }));
  }

  /** Memory that the larger of the workers has in use, in MB. */
  resident(): number {
    const sizes = this.#workers.pids().map((pid) => readFileSync(`/proc/${pid}/status`, "utf8"));
    return Math.max(...sizes.map((text) => Number(/VmRSS:\s+(\d+)/.exec(text)?.[1]) / 1000));
  }

  async stop(): Promise<void> {
    this.#workers.close();
    await this.#plain.remove();
    await this.#cluster.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #plainState(): string {
    return join(this.#plain.folder, "state");
  }

  #order(verb: RunOrder["verb"], more: Partial<RunOrder>): RunOrder {
    const clusters = JSON.parse(this.#plain.clusters) as Properties; // what the emulator has written
    const stack = { project: "coppice-tenant", stack: "main", message: "a bench", who: "bench" };
    return { verb, ...stack, documents: [], clusters, credentials: {}, ...more };
  }
}

const silent = { tell: () => undefined, signal: new AbortController().signal };

function succeeded(outcome: RunOutcome): void {
  if (outcome.result !== "succeeded") throw new Error(JSON.stringify(outcome));
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
