import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@coppice/emulator";

const run = promisify(execFile);

/** The steps each client goes through, in this order. */
export const steps = [
  "login",
  "create",
  "clone",
  "config",
  "start",
  "snapshot",
  "resize",
  "move",
  "errors",
  "delete",
];

/** A fresh emulator and a folder with its certificate authority, for a program that is not ours. */
export class Stage {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly ca: string;

  private constructor(emulator: Emulator, folder: string) {
    this.emulator = emulator;
    this.folder = folder;
    this.ca = join(folder, "ca.pem");
    writeFileSync(this.ca, emulator.ca);
  }

  /** Starts the emulator. */
  static async open(pve: "8.4" | "9.2"): Promise<Stage> {
    return new Stage(await startEmulator({ pve, nodes: 1 }), mkdtempSync(join(tmpdir(), "coppice-client-")));
  }

  get port(): string {
    return new URL(this.emulator.url).port;
  }

  /** Runs a client's program; answers the steps it printed. */
  async play(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string[]> {
    const all = { ...process.env, STORY_FOLDER: this.folder, ...env };
    const { stdout } = await run(program, args, { env: all, timeout: 50_000 });
    return stdout.trim().split("\n");
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Says that a client judges nothing, so that nobody takes a skipped one for one that passed; answers what was said. */
export function skipped(client: string, reason: string): string {
  process.stderr.write(`\nSKIPPED: ${client}: ${reason}\n`);
  return reason;
}

/** Runs what installs a client; undefined when it worked, else the reason, which is printed. */
export async function missing(
  client: string,
  [program = "", ...args]: readonly string[],
): Promise<string | undefined> {
  try {
    await run(program, args, { timeout: 150_000 });
    return undefined;
  } catch (error) {
    const lines = error instanceof Error ? error.message.trim().split("\n") : [String(error)];
    return skipped(client, `it cannot be installed here: ${lines.slice(0, 3).join(" | ")}`);
  }
}
