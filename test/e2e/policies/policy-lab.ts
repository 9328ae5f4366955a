import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLimits } from "@coppice/clusters";
import type { Limits } from "@coppice/core";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { ClassStack } from "../class/class-stack.ts";

/** A pack's folder in this checkout, as a pipeline names it. */
export function packFolder(pack: ConfiguredPack["pack"]): string {
  return fileURLToPath(new URL(`../../../policies/${pack}`, import.meta.url));
}

/** A pack and what it is configured with. */
export interface ConfiguredPack {
  readonly pack: "baseline" | "quota";
  readonly config?: object;
}

/** What a run under a pack came to. */
export interface Judged {
  readonly code: number | null;
  readonly output: string;
  /** What rules found: `[level] rule Kind name: sentence`, in the order of the output. */
  readonly violations: readonly string[];
}

/** An emulated cluster with the pools of two tenants, and a stack of classes on it. */
export class PolicyLab {
  readonly emulator: Emulator;
  readonly stack: ClassStack;
  #configs = 0;

  private constructor(emulator: Emulator, stack: ClassStack) {
    this.emulator = emulator;
    this.stack = stack;
  }

  static async start(
    config: Readonly<Record<string, string>> = {},
    example = "lab-class",
  ): Promise<PolicyLab> {
    const emulator = await startWithTenants();
    const stack = await ClassStack.create(emulator, { example, config });
    return new PolicyLab(emulator, stack);
  }

  /** The flags of packs, whose configurations are written into files. */
  async flags(packs: readonly ConfiguredPack[]): Promise<string[]> {
    const each = packs.map(async ({ pack, config = {} }) => {
      const file = join(this.stack.folder, `policy-config-${++this.#configs}.json`);
      await writeFile(file, JSON.stringify(config));
      return ["--policy-pack", packFolder(pack), "--policy-pack-config", file];
    });
    return (await Promise.all(each)).flat();
  }

  /** Runs a command of the engine under packs, after the program was replaced. */
  async run(program: string, packs: readonly ConfiguredPack[], ...args: readonly string[]): Promise<Judged> {
    await this.stack.write(program);
    const { code, stdout, stderr } = await this.stack.run(...args, ...(await this.flags(packs)));
    return { code, output: `${stdout}${stderr}`, violations: violationsIn(stdout) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stack.remove();
    await this.emulator.stop();
  }
}

/** The limits that Proxmox itself keeps: no pack reads them. */
const TENANTS: Readonly<Record<string, Limits>> = {
  acme: { machines: 1000 },
  umbra: { machines: 5, cores: 100 },
};

async function startWithTenants(): Promise<Emulator> {
  const folder = await mkdtemp(join(tmpdir(), "coppice-policies-"));
  const seedFile = join(folder, "pools.yaml");
  const pools = Object.entries(TENANTS).map(
    ([poolid, limits]) => `  - { poolid: ${poolid}, comment: '${withLimits("", poolid, limits)}' }`,
  );
  await writeFile(seedFile, ["pools:", ...pools, ""].join("\n"));
  const emulator = await startEmulator({ nodes: 2, pve: "9.2", timeScale: 5, seedFile });
  await rm(folder, { recursive: true });
  return emulator;
}

/** The engine's own list: a line of level, rule and resource, then the rule's description and its sentence. */
export function violationsIn(output: string): string[] {
  const found = output.matchAll(
    /^ +- \[(\w+)\] +([\w-]+) +\((?:[\w:/-]*[:/])?(\w+): ([\w-]+)\)\n.*\n +(.*)$/gm,
  );
  return [...found].map(
    ([, level, rule, kind, name, sentence]) => `[${level}] ${rule} ${kind} ${name}: ${sentence}`,
  );
}

/** A program of classes of three, each with what is particular about it; where it counts, one after the other. */
export function classes(ofEach: Readonly<Record<string, object>>, isInOrder = false): string {
  const options = isInOrder ? ", { dependsOn: [...made] }" : "";
  const made = Object.entries(ofEach).map(([name, args], index) => {
    const from = 20_000 + 100 * index;
    const all = {
      template: { vmid: 9000 },
      seats: 3,
      storage: "nas",
      vmids: { from, to: from + 99 },
      ...args,
    };
    return `made.push(new LabClass(${JSON.stringify(name)}, ${JSON.stringify(all)}${options}));`;
  });
  return ['import { LabClass } from "@coppice/components";', "const made = [];", ...made].join("\n");
}
