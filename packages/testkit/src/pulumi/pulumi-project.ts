import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toolEnvironment } from "@coppice/toolchain";
import { projectEnvironment } from "./project-environment.ts";
import { copyExample, exampleFolder, repository, writeProgram } from "./project-files.ts";
import { type CommandOptions, type CommandResult, RunningCommand } from "./running-command.ts";
import { readStackState, type StackState } from "./stack-state.ts";

/** What a test's project is made of: a program, or an example of this repository. */
export type ProjectOptions = (
  | {
      /** The text of `index.ts`; Node runs it as it is. */
      readonly program: string;
      readonly example?: never;
      /** The module that serves the plugin `coppice`. @default the testkit's, with {@link FileSet} */
      readonly pluginModule?: string;
    }
  | {
      /** A folder in `examples`, or `stacks/<name>`, or `.` for the quick start: as it stands, with the genuine plugin. */
      readonly example: string;
    }
) & {
  /** Further variables for every command. */
  readonly env?: Readonly<Record<string, string>>;
};

/** How the command `coppice` is started. */
export interface CoppiceOptions extends Pick<CommandOptions, "group" | "outputFile"> {
  /** By npm, which puts a shell between itself and the command. */
  readonly npm?: boolean;
}

/**
 * A Pulumi project in a folder of its own, with its own home, state and passphrase: nothing of the user's is
 * seen or touched. Ends with {@link remove}.
 */
export class PulumiProject {
  /** Everything: the project, its home and its state. */
  readonly folder: string;
  /** The folder in which commands run. */
  readonly path: string;
  readonly #pulumi: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #config = new Map<string, string>();
  #runs = 0;

  /** @internal */
  private constructor(
    folder: string,
    path: string,
    tools: { readonly pulumi: string; readonly env: NodeJS.ProcessEnv },
  ) {
    this.folder = folder;
    this.path = path;
    this.#pulumi = tools.pulumi;
    this.#env = tools.env;
  }

  /** Makes the folder and the stack `test`. */
  static async create(options: ProjectOptions): Promise<PulumiProject> {
    const folder = await mkdtemp(join(tmpdir(), "coppice-project-"));
    const tools = await toolEnvironment({ cwd: exampleFolder(repository, options.example ?? ".") });
    for (const name of ["home", "state"]) await mkdir(join(folder, name));
    const path = await writeFiles(folder, options, tools.node);
    const env = projectEnvironment(folder, tools.env, options.env);
    const project = new PulumiProject(folder, path, { pulumi: tools.pulumi, env });
    const { code, stderr } = await project.run("stack", "init", "test");
    if (code !== 0) throw new Error(stderr);
    return project;
  }

  /** Replaces the program. */
  async write(program: string): Promise<void> {
    await writeFile(join(this.path, "index.ts"), program);
  }

  /** Runs any command to its end, whatever its exit code. */
  async run(...args: readonly string[]): Promise<CommandResult> {
    return await this.start(args).finished();
  }

  /** Starts a command and does not wait. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCommand {
    const withEvents = ["up", "preview", "refresh", "destroy", "import"].includes(args[0] ?? "");
    const eventLog = join(this.folder, `events-${++this.#runs}.log`);
    const all = withEvents ? [...args, "--event-log", eventLog] : args;
    return new RunningCommand({
      executable: this.#pulumi,
      args: [...all, "--non-interactive", "--color", "never"],
      cwd: this.path,
      env: { ...this.#env, ...env },
      ...(withEvents ? { eventLog } : {}),
    });
  }

  /** Runs this checkout's command `coppice` in the project. */
  async coppice(...args: readonly string[]): Promise<CommandResult> {
    return await this.startCoppice(args).finished();
  }

  /** Starts this checkout's command `coppice` in the project and does not wait. */
  startCoppice(args: readonly string[], { npm = false, ...how }: CoppiceOptions = {}): RunningCommand {
    const command = [join(repository, "packages/cli/bin/coppice.js"), ...args];
    const call = [process.execPath, ...command].map((word) => `'${word}'`).join(" ");
    const [executable, all] = npm ? ["npm", ["exec", "--call", call]] : [process.execPath, command];
    return new RunningCommand({ executable, args: all, cwd: this.path, env: this.#env, ...how });
  }

  /** Sets a plain value of the stack's configuration in its file, which saves a run of the engine. */
  async configure(key: string, value: string): Promise<void> {
    const file = join(this.path, "Pulumi.test.yaml");
    this.#config.set(key, value);
    const [head = ""] = (await readFile(file, "utf8")).split("config:\n");
    const lines = [...this.#config].map(([name, text]) => `  ${name}: ${JSON.stringify(text)}\n`);
    await writeFile(file, `${head}config:\n${lines.join("")}`);
  }

  /** The stack's state, read from the file in which the engine keeps it. */
  async state(): Promise<StackState> {
    return await readStackState(join(this.folder, "state"));
  }

  /** Removes the project's folder. Destroy first what a stack has made outside of it. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string, options: ProjectOptions, node: string): Promise<string> {
  if (options.example !== undefined) return await copyExample(folder, options.example);
  const module = options.pluginModule ?? fileURLToPath(new URL("../plugin.js", import.meta.url));
  await writeProgram(folder, { program: options.program, module, node });
  return folder;
}
