import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** What the emulator says of its cluster; only what tests look at. */
export interface EmulatedMain {
  readonly endpoint: string;
  readonly caFile: string;
  readonly token: { readonly file: string };
}

/** The emulator of installed packages, run as its user runs it. */
export class InstalledEmulator {
  /** What `coppice:clusters` is set to for it, as it said itself. */
  readonly clusters: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, clusters: string) {
    this.#child = child;
    this.clusters = clusters;
  }

  /** Starts `coppice emulator` of a project and waits until it has said how to reach it. */
  static async start(project: string): Promise<InstalledEmulator> {
    const command = join(project, "node_modules", ".bin", "coppice");
    const child = spawn(command, ["emulator", "--port", "0", "--nodes", "2"], {
      cwd: project,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    while (child.exitCode === null) {
      const clusters = /config set coppice:clusters '(.*)'/.exec(said)?.[1];
      if (clusters !== undefined) return new InstalledEmulator(child, clusters);
      await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    }
    throw new Error(`the emulator ended without saying where it is: ${said}`);
  }

  /** The same, read. */
  get main(): EmulatedMain {
    // The emulator's own line, which the stack's configuration has as well.
    return (JSON.parse(this.clusters) as { readonly main: EmulatedMain }).main;
  }

  /** Ends it as Ctrl-C does. */
  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGINT");
    await ended;
  }
}
