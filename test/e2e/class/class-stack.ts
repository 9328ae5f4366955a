import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, providerSettings, writeClientFiles } from "@coppice/emulator";
import { type CommandResult, PulumiProject, type RunningCommand } from "@coppice/testkit";

/** How a stack differs from the example that it runs. */
export interface ClassStackOptions {
  /** The folder in `examples`, `stacks/<name>`, or `.` for the quick start at the root. */
  readonly example: string;
  /** Values of the stack's configuration. */
  readonly config?: Readonly<Record<string, string>>;
  /** Replaces the example's program. */
  readonly program?: string;
  /** The API token; root's when absent. */
  readonly token?: string;
  /** Further variables for every command. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further settings of the cluster. @default bulk is allowed */
  readonly cluster?: Readonly<Record<string, unknown>>;
}

/** An example's project, copied as it stands beside this checkout's packages, on an emulated cluster. */
export class ClassStack {
  readonly project: PulumiProject;
  /** The value of `coppice:clusters`. */
  readonly clusters: string;
  /** Everything that commands of this stack printed. */
  readonly printed: string[] = [];

  /** @internal */
  private constructor(project: PulumiProject, clusters: string) {
    this.project = project;
    this.clusters = clusters;
  }

  static async create(emulator: Emulator, options: ClassStackOptions): Promise<ClassStack> {
    const { example, config = {}, program, token, env = {}, cluster = { bulk: true } } = options;
    const project = await PulumiProject.create({ example, env });
    // Secrets lie outside of the project, whose folder is searched for them.
    const folder = await mkdtemp(join(emulator.cluster.data, "client-"));
    const clusters = JSON.stringify(
      providerSettings(emulator, writeClientFiles(emulator, { folder, token }), cluster),
    );
    const values = { ...config, "coppice:clusters": clusters };
    for (const [key, value] of Object.entries(values)) await project.configure(key, value);
    if (program !== undefined) await project.write(program);
    return new ClassStack(project, clusters);
  }

  /** Everything: the project, its home, its state and event logs. */
  get folder(): string {
    return this.project.folder;
  }

  /** Replaces the program. */
  async write(program: string): Promise<void> {
    await this.project.write(program);
  }

  /** Runs a command to its end, whatever its exit code. */
  async run(...args: readonly string[]): Promise<CommandResult> {
    return this.seen(await this.start(...args).finished());
  }

  /** Starts a command and does not wait. */
  start(...args: readonly string[]): RunningCommand {
    return this.project.start(args);
  }

  /** Remembers what a command printed. */
  seen(result: CommandResult): CommandResult {
    this.printed.push(result.stdout, result.stderr);
    return result;
  }

  /** Runs a command that has to succeed. */
  async succeeds(...args: readonly string[]): Promise<CommandResult> {
    const result = await this.run(...args);
    if (result.code === 0) return result;
    const { code, stdout, stderr } = result;
    throw new Error(`pulumi ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
  }

  /** Runs a command that has to succeed, and answers what it printed. */
  async printedBy(...args: readonly string[]): Promise<string> {
    return (await this.succeeds(...args)).stdout;
  }

  /** What went wrong in a run, for an expectation that shows it; empty when nothing did. */
  async failureOf(...args: readonly string[]): Promise<string> {
    return await this.printedBy(...args).then(
      () => "",
      (error: unknown) => String(error),
    );
  }

  /** Runs the command `coppice` in the project. */
  async coppice(...args: readonly string[]): Promise<CommandResult> {
    return await this.project.coppice(...args);
  }

  /** One output of the stack. */
  async output<T>(name: string): Promise<T> {
    const stdout = await this.printedBy("stack", "output", name, "--json");
    return JSON.parse(stdout) as T; // the caller's program says what it exports
  }

  async remove(): Promise<void> {
    await this.project.remove();
  }
}
