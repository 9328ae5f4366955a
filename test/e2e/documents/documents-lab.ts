import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type Properties, parseProperties } from "@coppice/core";
import { type Emulator, type EmulatorOptions, providerSettings, writeClientFiles } from "@coppice/emulator";
import { EmulatedCluster } from "@coppice/testkit";
import { removeLedger } from "./ledger-place.ts";

const command = fileURLToPath(new URL("../../../packages/cli/bin/coppice.js", import.meta.url));

/** What a command printed, and how it ended. */
export interface Printed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** An emulated cluster that is registered as `main`, in the home of a person who has made nothing yet. */
export class DocumentsLab {
  readonly cluster: EmulatedCluster;
  /** Where documents are written. */
  readonly folder: string;
  /** What the cluster is registered as. */
  readonly clusters: Properties;
  /** The variables of that person's commands. */
  readonly env: NodeJS.ProcessEnv;

  private constructor(
    cluster: EmulatedCluster,
    folder: string,
    more: Pick<DocumentsLab, "clusters" | "env">,
  ) {
    this.cluster = cluster;
    this.folder = folder;
    this.clusters = more.clusters;
    const own = Object.entries(process.env).filter(([name]) => !/^(PULUMI_|PROXMOX_VE_)/.test(name));
    const usual = { COPPICE_HOME: join(folder, "home"), NO_COLOR: "1" };
    this.env = { ...Object.fromEntries(own), ...usual, ...more.env };
  }

  /** @param env further variables for every command */
  static async start(
    env: NodeJS.ProcessEnv = {},
    options: EmulatorOptions = { nodes: 2, timeScale: 5 },
  ): Promise<DocumentsLab> {
    const cluster = await EmulatedCluster.start(options);
    const { emulator } = cluster;
    const folder = await mkdtemp(join(tmpdir(), "coppice-documents-"));
    const files = writeClientFiles(emulator, { folder: emulator.cluster.data });
    const settings = providerSettings(emulator, files, { bulk: true });
    const clusters = join(folder, "home", "clusters");
    await mkdir(clusters, { recursive: true });
    // JSON is YAML.
    const document = JSON.stringify({ kind: "Cluster", version: 1, name: "main", ...settings.main });
    await writeFile(join(clusters, "main.yaml"), document);
    return new DocumentsLab(cluster, folder, {
      clusters: parseProperties(JSON.stringify(settings)) ?? {},
      env,
    });
  }

  get emulator(): Emulator {
    return this.cluster.emulator;
  }

  /** The same cluster and documents for somebody who has another home, with state of its own. */
  async inOtherHome(): Promise<DocumentsLab> {
    const home = join(this.folder, "other-home");
    await cp(join(this.folder, "home", "clusters"), join(home, "clusters"), { recursive: true });
    const env = { ...this.env, COPPICE_HOME: home };
    return new DocumentsLab(this.cluster, this.folder, { clusters: this.clusters, env });
  }

  /** Writes a file of documents; gives its path. */
  async write(file: string, content: string): Promise<string> {
    const path = join(this.folder, file);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  async read(file: string): Promise<string> {
    return await readFile(join(this.folder, file), "utf8");
  }

  /** Starts the command as a person would. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [command, ...args], { cwd: this.folder, env: { ...this.env, ...env } });
  }

  /** Runs the command to its end. */
  async run(...args: readonly string[]): Promise<Printed> {
    return await this.runWith({}, ...args);
  }

  /** Runs it with other variables. */
  async runWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Printed> {
    return await this.startToEnd(args, env).ended;
  }

  /** Starts the command, and gives what it printed at its end, which may be a kill. */
  startToEnd(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): { readonly pid: number; readonly ended: Promise<Printed> } {
    const child = this.start(args, env);
    return { pid: child.pid ?? 0, ended: toEnd(child) };
  }

  /** Names of the machines that are no templates, by number. */
  async machines(): Promise<string[]> {
    const lists = ["pve1", "pve2"].map(async (node) => (await this.emulator.shell(node, "qm list")).stdout);
    const lines = (await Promise.all(lists)).flatMap((list) => list.trim().split("\n").slice(1));
    return lines
      .map((line) => line.trim().split(/\s+/))
      .flatMap(([vmid = "", name = ""]) => (/template|generation/.test(name) ? [] : [`${vmid} ${name}`]))
      .sort();
  }

  async remove(): Promise<void> {
    await this.cluster.close();
    for (const home of ["home", "other-home"]) await removeLedger(join(this.folder, home));
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function toEnd(child: ChildProcess): Promise<Printed> {
  const [out, err] = await Promise.all(
    [child.stdout, child.stderr].map(async (pipe) => (pipe ? await text(pipe) : "")),
  );
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return { code: child.exitCode, out: out ?? "", err: err ?? "" };
}
