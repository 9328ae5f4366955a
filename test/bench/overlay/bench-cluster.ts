import { join } from "node:path";
import { type EmulatorOptions, providerSettings, writeClientFiles } from "@coppice/emulator";
import { cloneGuest, convertToTemplate, putGuestConfig } from "@coppice/pve";
import { EmulatedCluster, PulumiProject } from "@coppice/testkit";

/** The pool of the benches, as a program that a user would write; size and method come from the environment. */
const program = `
import { OverlayVmPool } from "@coppice/components";
new OverlayVmPool("lab", {
  template: { vmid: 9100 },
  seats: Number(process.env.BENCH_SEATS),
  empty: process.env.BENCH_SEATS === "0",
  storage: process.env.BENCH_STORAGE,
  vmids: { from: 20000, to: 29999 },
  nodes: ["pve1"],
  method: process.env.BENCH_METHOD,
  overcommit: true,
});
`;

/** How a bench's cluster is started. */
export interface BenchOptions extends EmulatorOptions {
  readonly bulk?: boolean;
}

/** An emulated cluster and a Pulumi stack on it. One node takes all seats, as in the measurements on genuine servers. */
export class BenchCluster implements AsyncDisposable {
  readonly lab: EmulatedCluster;
  readonly project: PulumiProject;

  private constructor(lab: EmulatedCluster, project: PulumiProject) {
    this.lab = lab;
    this.project = project;
  }

  /** Without `bulk` machines leave by Proxmox's API. */
  static async start({ bulk = true, ...options }: BenchOptions = {}): Promise<BenchCluster> {
    const lab = await EmulatedCluster.start({ nodes: 1, latency: "measured", ...options });
    await makeLocalTemplate(lab);
    const pluginModule = join(import.meta.dirname, "../../../packages/plugin/bin/pulumi-resource-coppice.js");
    const project = await PulumiProject.create({ program, pluginModule, env: { BENCH_STORAGE: "local" } });
    const settings = providerSettings(lab.emulator, writeClientFiles(lab.emulator), { bulk });
    await project.configure("coppice:clusters", JSON.stringify(settings));
    return new BenchCluster(lab, project);
  }

  /** Brings the stack to so many seats and answers how long `pulumi up` took, in ms. */
  async up(seats: number, method = "overlay"): Promise<number> {
    return await this.#timed(["up", "--yes", "--skip-preview"], seats, method);
  }

  /** How long a preview takes, in ms. */
  async preview(seats: number, method = "overlay"): Promise<number> {
    return await this.#timed(["preview"], seats, method);
  }

  async #timed(args: readonly string[], seats: number, method: string): Promise<number> {
    const start = performance.now();
    const result = await this.project
      .start(args, { BENCH_SEATS: String(seats), BENCH_METHOD: method })
      .finished();
    if (result.code !== 0)
      throw new Error(`pulumi ${args.join(" ")} failed: ${result.stdout}\n${result.stderr}`);
    return performance.now() - start;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.project.remove();
    await this.lab.close();
  }
}

/**
 * A template on a directory of the node's own, where the genuine servers were measured: on shared storage, locks that
 * are polled once a second would hide what is compared.
 */
async function makeLocalTemplate({ client }: EmulatedCluster): Promise<void> {
  const place = { node: "pve1", vmid: 9100 };
  const params = { newid: place.vmid, full: true, storage: "local", format: "qcow2" };
  await cloneGuest(client, { ...place, vmid: 9000 }, params);
  await putGuestConfig(client, place, { delete: "ide2" });
  await convertToTemplate(client, place);
}
