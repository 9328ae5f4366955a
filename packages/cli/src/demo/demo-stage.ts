import { join } from "node:path";
import { CoppiceError } from "@coppice/core";
import { type Emulator, startEmulator } from "@coppice/emulator";
import type { Screen } from "../output/screen.ts";
import { addedLines, type ClassWish, classProgram } from "./class-program.ts";
import { DemoEngine } from "./demo-engine.ts";
import { type DemoFolder, makeDemoFolder } from "./demo-folder.ts";
import { type Place, readSeatDisks, type SeatDisk } from "./seat-disks.ts";

/** How long one thing took. */
export interface Timing {
  readonly what: string;
  readonly ms: number;
}

/** Documents that are previewed. */
export interface Previewed {
  /** The file that they are written to. */
  readonly file: string;
  readonly documents: string;
  /** Whether the preview refuses them. @default false */
  readonly refused?: boolean;
}

/** Emulator, project and engine of one demo, and the times of what was done with them. */
export class DemoStage {
  readonly emulator: Emulator;
  readonly folder: DemoFolder;
  readonly timings: Timing[] = [];
  readonly #engine: DemoEngine;
  readonly #screen: Screen;
  #program: string | undefined;
  readonly #documents = new Map<string, string>();

  /** @internal */
  private constructor(parts: {
    emulator: Emulator;
    folder: DemoFolder;
    engine: DemoEngine;
    screen: Screen;
  }) {
    this.emulator = parts.emulator;
    this.folder = parts.folder;
    this.#engine = parts.engine;
    this.#screen = parts.screen;
  }

  /** Starts everything. What was started is stopped again when the rest cannot be. */
  static async open(screen: Screen, signal: AbortSignal): Promise<DemoStage> {
    const begun = performance.now();
    const emulator = await startEmulator({ nodes: 3, pve: "9.2", latency: "measured" });
    const ms = performance.now() - begun;
    const folder = await makeDemoFolder(emulator);
    try {
      const stage = new DemoStage({
        emulator,
        folder,
        screen,
        engine: await DemoEngine.open(folder, signal),
      });
      stage.timings.push({ what: "boot the emulated cluster", ms });
      return stage;
    } catch (error) {
      await Promise.all([emulator.stop(), folder.remove()]);
      throw error;
    }
  }

  /** Replaces the program and shows the lines that are new. */
  async edit(wish: ClassWish): Promise<void> {
    const program = classProgram(wish);
    await this.folder.write(program);
    this.#showNew(this.#program, program);
    this.#program = program;
  }

  /** Runs the engine on the project, showing what was typed, the preview, the progress and the time. */
  async pulumi(what: string, ...args: readonly string[]): Promise<string> {
    this.#screen.command(`pulumi ${args.join(" ")}`);
    const begun = performance.now();
    const output = await this.#engine.run(args, {
      progress: (progress) => this.#screen.progress(progress),
      preview: (lines) => this.#screen.engine(lines),
    });
    const ms = performance.now() - begun;
    this.timings.push({ what, ms });
    this.#screen.done(`${what}: ${seconds(ms)}`);
    return output;
  }

  /** Writes documents, shows the lines that are new, and what `coppice preview` says of them. */
  async preview(what: string, { file, documents, refused = false }: Previewed): Promise<void> {
    await this.folder.writeDocuments(file, documents);
    this.#showNew(this.#documents.get(file), documents);
    this.#documents.set(file, documents);
    this.#screen.command(`coppice preview ${file}`);
    const begun = performance.now();
    const output = await this.#engine.coppice(["preview", join(this.folder.path, file)], refused ? 2 : 0);
    this.#screen.engine(output.trim().split("\n"));
    const ms = performance.now() - begun;
    this.timings.push({ what, ms });
    this.#screen.done(`${what}: ${seconds(ms)}`);
  }

  /** The machines with their disks; all, or those that are named. */
  async disks(seats?: readonly string[]): Promise<SeatDisk[]> {
    const places = Object.entries(await this.#output<Record<string, Place>>("seats"));
    const wanted = places.filter(([seat]) => seats?.includes(seat) ?? true);
    return await readSeatDisks(this.emulator, Object.fromEntries(wanted));
  }

  /** Stands for an afternoon of the teacher's: writes to the machine's disk; answers the command. */
  async writeToTeacher(): Promise<string> {
    const { vmid, node } = await this.#output<Place>("teacher");
    const file = `/mnt/pve/nas/images/${vmid}/vm-${vmid}-disk-0.qcow2`;
    const command = `qemu-io -c 'write -q -P 42 64M 1M' \\\n    ${file}`;
    const { code, stderr } = await this.emulator.shell(node, command);
    if (code === 0) return command;
    throw new CoppiceError("demo.failed", { what: "The teacher's disk could not be written", why: stderr });
  }

  /** Stops and removes everything. */
  async close(): Promise<void> {
    await this.emulator.stop();
    await this.folder.remove();
  }

  /** The whole text, or what it has that a former one had not. */
  #showNew(before: string | undefined, text: string): void {
    if (before === undefined) this.#screen.block(text.trimEnd().split("\n"));
    else this.#screen.block(addedLines(before, text), "+ ");
  }

  /** What the stack's program exports under a name. */
  async #output<T>(name: string): Promise<T> {
    const output = await this.#engine.run(["stack", "output", name, "--json"]);
    // The demo's own program says what it exports.
    return JSON.parse(output) as T;
  }
}

/** A time as people read it. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
