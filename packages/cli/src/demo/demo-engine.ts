import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CoppiceError, type Progress } from "@coppice/core";
import { followEvents } from "@coppice/engine";
import { toolEnvironment } from "@coppice/toolchain";
import type { DemoFolder } from "./demo-folder.ts";
import { previewLines } from "./preview-lines.ts";

/** This command, as it is installed. */
const self = fileURLToPath(new URL("../../bin/coppice.js", import.meta.url));

/** Who sees what a command of the engine tells while it runs. */
export interface EngineViewer {
  progress(progress: Progress): void;
  /** What would be done, at the moment before it is. */
  preview(lines: readonly string[]): void;
}

/** Runs the genuine engine on the demo's project. */
export class DemoEngine {
  readonly #folder: DemoFolder;
  readonly #pulumi: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #signal: AbortSignal;
  #runs = 0;

  /** @internal */
  private constructor(
    folder: DemoFolder,
    tools: { pulumi: string; env: NodeJS.ProcessEnv },
    signal: AbortSignal,
  ) {
    this.#folder = folder;
    this.#pulumi = tools.pulumi;
    // Whatever the user has set for stacks of their own must not reach this one.
    const inherited = Object.entries(tools.env).filter(([name]) => !/^(?:PULUMI_|PROXMOX_VE_)/.test(name));
    this.#env = { ...Object.fromEntries(inherited), PULUMI_SKIP_UPDATE_CHECK: "true", ...folder.env };
    this.#signal = signal;
  }

  /** Finds the engine and makes the stack. An aborted signal is a Ctrl-C for every run. */
  static async open(folder: DemoFolder, signal: AbortSignal): Promise<DemoEngine> {
    const tools = await toolEnvironment({ cwd: folder.path, make: true });
    const engine = new DemoEngine(folder, tools, signal);
    await engine.run(["stack", "init", "main"]);
    return engine;
  }

  /** Runs one command to its end; refuses with its output when it fails. */
  async run(args: readonly string[], viewer?: EngineViewer): Promise<string> {
    this.#signal.throwIfAborted();
    const log = join(this.#folder.path, `events-${++this.#runs}.log`);
    const events = args[0] === "stack" ? [] : ["--event-log", log];
    const tail = followEvents(log, (event) => {
      if (event.kind === "progress") viewer?.progress(event.progress);
    });
    try {
      const all = [...args, ...events, "--non-interactive", "--color", "never"];
      return await this.#spawn([this.#pulumi, ...all], { code: 0, viewer });
    } finally {
      tail.close();
    }
  }

  /** Runs this command itself on the demo's documents; refuses with its output when it ends with another code. */
  async coppice(args: readonly string[], code: number): Promise<string> {
    this.#signal.throwIfAborted();
    return await this.#spawn([process.execPath, self, ...args], { code });
  }

  async #spawn(
    [executable = this.#pulumi, ...args]: readonly string[],
    { code: expected, viewer }: { code: number; viewer?: EngineViewer | undefined },
  ): Promise<string> {
    // A process group of its own: a Ctrl-C in the terminal reaches us alone, and the engine once, through us.
    const child = spawn(executable, args, {
      cwd: this.#folder.path,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const interrupt = () => void child.kill("SIGINT");
    this.#signal.addEventListener("abort", interrupt);
    let output = "";
    let preview: readonly string[] | undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (preview !== undefined) return;
        preview = previewLines(output);
        if (preview !== undefined) viewer?.preview(preview);
      });
    }
    const [code] = (await once(child, "close")) as [number | null]; // as documented for the event
    this.#signal.removeEventListener("abort", interrupt);
    this.#signal.throwIfAborted();
    if (code === expected) return output;
    throw new CoppiceError("demo.failed", {
      what: `${executable === this.#pulumi ? `pulumi ${args[0]}` : `coppice ${args[1]}`} ended with code ${code}`,
      why: `it said:\n${output.trim()}\n`,
      wayOut: "Run the demo with --keep to look at the cluster afterwards",
    });
  }
}
