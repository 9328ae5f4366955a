import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../../packages/cli/bin/coppice.js", import.meta.url));

/** How a command that did not come up ended. */
export interface Refusal {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `coppice emulator` as a process of its own. */
export class EmulatorProcess {
  /** What it printed until it was ready. */
  readonly report: string;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;

  private constructor(child: ChildProcessByStdio<null, Readable, Readable>, report: string) {
    this.#child = child;
    this.report = report;
  }

  /** Starts it on free ports and waits until it is ready. */
  static async start(...args: readonly string[]): Promise<EmulatorProcess> {
    const child = spawnCommand([process.execPath], ["--port", "0", ...args]);
    const complaint = text(child.stderr);
    let report = "";
    for await (const piece of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      report += String(piece);
      if (report.includes("Ctrl-C stops it.")) return new EmulatorProcess(child, report);
    }
    throw new Error(`the emulator did not come up: ${await complaint}`);
  }

  /** Runs it to its end, behind programs that change its surroundings. */
  static async refused(args: readonly string[], before: readonly string[] = []): Promise<Refusal> {
    const child = spawnCommand([...before, process.execPath], args);
    // Whatever should refuse and does not ends here and fails the test by its exit code.
    const tooLong = setTimeout(() => child.kill("SIGINT"), 15_000);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
    clearTimeout(tooLong);
    return { code: child.exitCode, stdout, stderr };
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** A line of the report, by its first words. */
  field(name: string): string {
    const line = this.report.split("\n").find((each) => each.startsWith(name.padEnd(14)));
    if (line === undefined) throw new Error(`the report has no '${name}':\n${this.report}`);
    return line.slice(14);
  }

  /** Every line that is there to be typed, without its label; those of `coppice` itself are left out. */
  get commands(): readonly string[] {
    const lines = this.report.split("\n").map((line) => line.replace(/^SSH {11}/, ""));
    return lines.filter((line) => /^(?:\S*coppice pulumi|curl|export|pulumi|ssh) /.test(line));
  }

  /** The line that makes a project. */
  get newLine(): string {
    return this.#lineWith(" new lab-class ");
  }

  /** The line that registers the emulator for documents. */
  get addLine(): string {
    return this.#lineWith(" cluster add main ");
  }

  #lineWith(words: string): string {
    const line = this.report.split("\n").find((each) => each.includes(words));
    if (line === undefined) throw new Error(`the report has no line with '${words}':\n${this.report}`);
    return line;
  }

  /** Ends it by a signal; answers its exit code, null when the signal itself ended it. */
  async end(signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const gone = once(this.#child, "exit");
    this.#child.kill(signal);
    await gone;
    return this.#child.exitCode;
  }
}

function spawnCommand(
  [program = "", ...before]: readonly string[],
  args: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(program, [...before, command, "emulator", ...args], { stdio: ["ignore", "pipe", "pipe"] });
}
