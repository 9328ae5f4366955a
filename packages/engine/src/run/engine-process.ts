import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Environment } from "../home/home-folder.ts";

/** How the engine is called. */
export interface EngineCall {
  /** Its executable. */
  readonly pulumi: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
}

/** How the engine ended. */
export interface EngineEnd {
  /** Exit code; null when it was killed. */
  readonly code: number | null;
  /** What it was killed with. */
  readonly signal: NodeJS.Signals | null;
  /** What it wrote to its error stream, the end of it. */
  readonly said: string;
}

type CloseArguments = [code: number | null, signal: NodeJS.Signals | null];

/** Of what the engine writes for people, no more is kept, in characters. */
const longest = 65_536;

/**
 * One start of the engine's executable. In a process group of its own: a Ctrl-C at the terminal reaches this process, which
 * passes it on once. The second would end the engine in the midst of its work.
 */
export class EngineProcess {
  readonly ended: Promise<EngineEnd>;
  readonly #child: ChildProcess;
  #said = "";

  constructor({ pulumi, args, folder, environment }: EngineCall) {
    const env = { ...environment };
    this.#child = spawn(pulumi, args, {
      cwd: folder,
      env,
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-longest);
    });
    this.ended = this.#end();
  }

  /** Its process id; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks it to stop after what it has in hand. */
  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  /** Ends it at once. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async #end(): Promise<EngineEnd> {
    try {
      const [code, signal] = (await once(this.#child, "close")) as CloseArguments; // as documented for the event
      return { code, signal, said: this.#said };
    } catch (error) {
      return {
        code: 1,
        signal: null,
        said: `error: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }
}
