import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type EngineEvent, readEvents } from "@coppice/engine";

/** What a command of the engine left behind. */
export interface CommandResult {
  /** Exit code; null after a kill. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly events: readonly EngineEvent[];
}

/** How a command is started. */
export interface CommandOptions {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where the engine writes its events, if it does. */
  readonly eventLog?: string;
  /** In a process group of its own, for {@link RunningCommand.terminateGroup}. */
  readonly group?: boolean;
  /** Takes the output instead of pipes, which close with the command while programs of it may still write. */
  readonly outputFile?: string;
}

/** A command of the engine that is running. */
export class RunningCommand {
  readonly #child: ChildProcess;
  readonly #texts = { stdout: "", stderr: "" };
  readonly #result: Promise<CommandResult>;

  constructor(options: CommandOptions) {
    const { executable, args, cwd, env, group = false, outputFile } = options;
    const output = outputFile === undefined ? "pipe" : openSync(outputFile, "a");
    this.#child = spawn(executable, args, { cwd, env, stdio: ["ignore", output, output], detached: group });
    if (output !== "pipe") closeSync(output);
    this.#result = collect(this.#child, this.#texts, options.eventLog);
  }

  /** The engine's process id. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends a signal to the command alone: SIGINT is a Ctrl-C, SIGKILL an accident. */
  signal(signal: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGKILL"): void {
    this.#child.kill(signal);
  }

  /** Sends SIGTERM to everything in the command's own process group, as timeout(1) does. */
  terminateGroup(): void {
    if (this.pid !== undefined) process.kill(-this.pid, "SIGTERM");
  }

  /** Waits until the engine has written a text, in any case, to either stream; throws when it ends without. */
  async said(text: string): Promise<void> {
    const wanted = text.toLowerCase();
    const has = () => `${this.#texts.stdout}\n${this.#texts.stderr}`.toLowerCase().includes(wanted);
    while (!has()) {
      if (this.#child.exitCode !== null)
        throw new Error(`pulumi ended without saying ${JSON.stringify(text)}`);
      const round = new AbortController();
      const streams = [this.#child.stdout, this.#child.stderr].filter((stream) => stream !== null);
      const news = [...streams.map((stream) => [stream, "data"] as const), [this.#child, "exit"] as const];
      // The listeners that did not win are taken away again: a talkative run would pile them up.
      const waits = news.map(([emitter, event]) => once(emitter, event, { signal: round.signal }));
      await Promise.race(waits);
      round.abort();
      await Promise.allSettled(waits);
    }
  }

  /** Waits for the end. */
  async finished(): Promise<CommandResult> {
    return await this.#result;
  }
}

async function collect(
  child: ChildProcess,
  texts: { stdout: string; stderr: string },
  eventLog: string | undefined,
): Promise<CommandResult> {
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  // Not `close`: after a kill orphans of the engine may hold its pipes open.
  const [code] = (await once(child, "exit")) as [number | null]; // as documented for the event
  const log = eventLog === undefined ? "" : await readFile(eventLog, "utf8").catch(() => "");
  await new Promise((resolve) => setImmediate(resolve));
  child.stdout?.destroy();
  child.stderr?.destroy();
  return { code, ...texts, events: readEvents(log) };
}
