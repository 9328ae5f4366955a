import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Properties } from "@coppice/core";
import { type Emulator, providerSettings, startEmulator, writeClientFiles } from "@coppice/emulator";
import {
  type EngineEvent,
  type EngineOptions,
  type Home,
  openHome,
  type RunOrder,
  type RunTalk,
} from "@coppice/engine";
import { toolEnvironment } from "@coppice/toolchain";

/** What a class of a test is made of; each test says what differs. */
export const classInputs = {
  template: { vmid: 9000 },
  storage: "nas",
  vmids: { from: 20000, to: 20099 },
} as const;

/** An emulated cluster, and a home of a person who has nothing yet. */
export class EngineLab {
  readonly emulator: Emulator;
  readonly home: Home;
  /** What an engine and workers are made with. */
  readonly options: EngineOptions;
  readonly #clusters: Properties;

  private constructor(emulator: Emulator, home: Home, tools: { pulumi: string; env: NodeJS.ProcessEnv }) {
    this.emulator = emulator;
    this.home = home;
    this.options = { home, pulumi: tools.pulumi, environment: tools.env };
    const files = writeClientFiles(emulator, { folder: join(emulator.cluster.data) });
    // Plain JSON values, whose type is wider.
    this.#clusters = JSON.parse(
      JSON.stringify(providerSettings(emulator, files, { bulk: true })),
    ) as Properties;
  }

  static async start(): Promise<EngineLab> {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    const emulator = await startEmulator({ nodes: 2, timeScale: 5 });
    const folder = await mkdtemp(join(tmpdir(), "coppice-engine-"));
    const tools = await toolEnvironment();
    const inherited = Object.entries(tools.env).filter(([name]) => !/^(PULUMI_|PROXMOX_VE_)/.test(name));
    const env = { ...Object.fromEntries(inherited), COPPICE_HOME: join(folder, "home") };
    return new EngineLab(emulator, await openHome(env), { pulumi: tools.pulumi, env });
  }

  /** An order for a class `lab` with so many seats. */
  order(verb: RunOrder["verb"], seats: number, more: Partial<RunOrder> = {}): RunOrder {
    const documents = [{ kind: "LabClass", name: "lab", inputs: { ...classInputs, seats } }];
    const words = { message: "a test", who: "ada" };
    const stack = { project: "coppice-tenant", stack: "main" };
    return { verb, ...stack, documents, clusters: this.#clusters, credentials: {}, ...words, ...more };
  }

  /** Names of the machines that are no templates, by number. */
  async machines(): Promise<string[]> {
    const lists = ["pve1", "pve2"].map(async (node) => (await this.emulator.shell(node, "qm list")).stdout);
    const lines = (await Promise.all(lists)).flatMap((text) => text.trim().split("\n").slice(1));
    const rows = lines.map((line) => line.trim().split(/\s+/));
    return rows
      .flatMap(([vmid = "", name = ""]) => (/template|generation/.test(name) ? [] : [`${vmid} ${name}`]))
      .sort();
  }

  async remove(): Promise<void> {
    await this.emulator.stop();
    await rm(join(this.home.folder, ".."), { recursive: true, force: true });
  }
}

/** A talk that keeps the events and never stops a run. */
export function listen(onEvent?: (event: EngineEvent) => void): RunTalk & { readonly events: EngineEvent[] } {
  const events: EngineEvent[] = [];
  const tell = (event: EngineEvent): void => {
    events.push(event);
    onEvent?.(event);
  };
  return { events, tell, signal: new AbortController().signal };
}
