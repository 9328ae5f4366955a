import { appendFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@coppice/emulator";
import { type CommandResult, RunningCommand } from "@coppice/testkit";
import { toolEnvironment } from "@coppice/toolchain";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** How a stack differs from the example that it runs. */
export interface ClassStackOptions {
  /** The folder in `examples`, or `.` for the quick start at the root. */
  readonly example: string;
  /** Values of the stack's configuration. */
  readonly config?: Readonly<Record<string, string>>;
  /** Replaces the example's program. */
  readonly program?: string;
  /** The API token; root's when absent. */
  readonly token?: string;
}

/** An example's project, copied as it stands beside this checkout's packages, on an emulated cluster. */
export class ClassStack {
  readonly folder: string;
  readonly #project: string;
  readonly #pulumi: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #config: Readonly<Record<string, string>>;
  #runs = 0;

  /** @internal */
  private constructor(
    folder: string,
    project: string,
    tools: { pulumi: string; env: NodeJS.ProcessEnv; config: Readonly<Record<string, string>> },
  ) {
    this.folder = folder;
    this.#project = project;
    this.#pulumi = tools.pulumi;
    this.#env = tools.env;
    this.#config = tools.config;
  }

  static async create(emulator: Emulator, options: ClassStackOptions): Promise<ClassStack> {
    const folder = await mkdtemp(join(tmpdir(), "coppice-class-"));
    await copyProjects(folder);
    await writeFile(join(folder, "ca.pem"), emulator.ca);
    await writeFile(join(folder, "ssh-key"), emulator.sshKey.privateKey, { mode: 0o600 });
    const project = options.example === "." ? folder : join(folder, "examples", options.example);
    const tools = await toolEnvironment({ cwd: repository });
    const token = options.token ?? `${emulator.token.id}=${emulator.token.secret}`;
    const env = environment(folder, tools.env, token);
    const config = { ...options.config, "coppice:clusters": clusters(emulator, folder) };
    const stack = new ClassStack(folder, project, { pulumi: tools.pulumi, env, config });
    if (options.program !== undefined) await stack.write(options.program);
    await stack.#init();
    return stack;
  }

  /** Replaces the program. */
  async write(program: string): Promise<void> {
    await writeFile(join(this.#project, "index.ts"), program);
  }

  /** Runs a command to its end, whatever its exit code. */
  async run(...args: readonly string[]): Promise<CommandResult> {
    return await this.start(...args).finished();
  }

  /** Starts a command and does not wait. */
  start(...args: readonly string[]): RunningCommand {
    const withEvents = ["up", "preview", "refresh", "destroy"].includes(args[0] ?? "");
    const eventLog = join(this.folder, `events-${++this.#runs}.log`);
    return new RunningCommand({
      executable: this.#pulumi,
      args: [
        ...args,
        ...(withEvents ? ["--event-log", eventLog] : []),
        "--non-interactive",
        "--color",
        "never",
      ],
      cwd: this.#project,
      env: this.#env,
      ...(withEvents ? { eventLog } : {}),
    });
  }

  /** Runs the command `coppice` in the project. */
  async coppice(...args: readonly string[]): Promise<CommandResult> {
    const command = join(repository, "packages/cli/bin/coppice.js");
    const options = { args: [command, ...args], cwd: this.#project, env: this.#env };
    return await new RunningCommand({ executable: process.execPath, ...options }).finished();
  }

  /** What went wrong in a run, for an expectation that shows it; empty when nothing did. */
  async failureOf(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    return code === 0 ? "" : `pulumi ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`;
  }

  /** One output of the stack. */
  async output<T>(name: string): Promise<T> {
    const { stdout } = await this.run("stack", "output", name, "--json");
    return JSON.parse(stdout) as T; // the caller's program says what it exports
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #init(): Promise<void> {
    const failure = await this.failureOf("stack", "init", "test");
    if (failure !== "") throw new Error(failure);
    // Appended to the file, which saves a run of the engine for each value; `stack init` left the salt there.
    const lines = Object.entries(this.#config).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
    await appendFile(join(this.#project, "Pulumi.test.yaml"), `config:\n${lines.join("")}`);
  }
}

async function copyProjects(folder: string): Promise<void> {
  for (const name of ["home", "state"]) await mkdir(join(folder, name));
  await cp(join(repository, "examples"), join(folder, "examples"), { recursive: true });
  await cp(join(repository, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
}

function clusters(emulator: Emulator, folder: string): string {
  const nodes = [...emulator.ssh].map(
    ([name, { port, hostKey }]) => [name, { host: "127.0.0.1", port, hostKey }] as const,
  );
  const main = {
    endpoint: emulator.url,
    caFile: join(folder, "ca.pem"),
    token: { env: "CLASS_TOKEN" },
    bulk: true,
    ssh: { key: { file: join(folder, "ssh-key") }, nodes: Object.fromEntries(nodes) },
  };
  return JSON.stringify({ main });
}

function environment(folder: string, tools: NodeJS.ProcessEnv, token: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(tools).filter(([name]) => !/^(?:PULUMI_|PROXMOX_VE_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of the tests",
    PULUMI_STACK: "test",
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    CLASS_TOKEN: token,
  };
}
