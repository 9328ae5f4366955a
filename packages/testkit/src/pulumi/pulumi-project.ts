import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toolEnvironment } from "@coppice/toolchain";
import { type CommandResult, RunningCommand } from "./running-command.ts";

/** What a test's project is made of. */
export interface ProjectOptions {
  /** The text of `index.ts`; Node runs it as it is. */
  readonly program: string;
  /** Further variables for every command. */
  readonly env?: Readonly<Record<string, string>>;
  /** The module that serves the plugin `coppice`. @default the testkit's, with {@link FileSet} */
  readonly pluginModule?: string;
}

/** A stack's state; only what tests look at. */
export interface StackState {
  readonly resources?: readonly RecordedResource[];
  readonly pending_operations?: readonly { readonly type: string }[];
}

/** One resource of a state. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/**
 * A Pulumi project in a folder of its own, with its own home, state and passphrase: nothing of the user's is
 * seen or touched. Ends with {@link remove}.
 */
export class PulumiProject {
  readonly folder: string;
  readonly #pulumi: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #config = new Map<string, string>();
  #runs = 0;

  /** @internal */
  private constructor(folder: string, pulumi: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#pulumi = pulumi;
    this.#env = env;
  }

  /** Makes the folder and the stack `test`. */
  static async create(options: ProjectOptions): Promise<PulumiProject> {
    const folder = await mkdtemp(join(tmpdir(), "coppice-project-"));
    const tools = await toolEnvironment({ cwd: repository });
    for (const name of ["home", "state"]) await mkdir(join(folder, name));
    await writeFiles(folder, options, tools.node);
    const project = new PulumiProject(folder, tools.pulumi, environment(folder, tools.env, options.env));
    await project.run("stack", "init", "test");
    return project;
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
      cwd: this.folder,
      env: { ...this.#env, ...env },
      ...(withEvents ? { eventLog } : {}),
    });
  }

  /** Sets a plain value of the stack's configuration in its file, which saves a run of the engine. */
  async configure(key: string, value: string): Promise<void> {
    const file = join(this.folder, "Pulumi.test.yaml");
    this.#config.set(key, value);
    const [head = ""] = (await readFile(file, "utf8")).split("config:\n");
    const lines = [...this.#config].map(([name, text]) => `  ${name}: ${JSON.stringify(text)}\n`);
    await writeFile(file, `${head}config:\n${lines.join("")}`);
  }

  /** The stack's state, read from the file in which the engine keeps it. */
  async state(): Promise<StackState> {
    const file = join(this.folder, "state", ".pulumi", "stacks", "program", "test.json");
    // The engine's own format (sdk/go/common/apitype, CheckpointV3), of which the type is an excerpt.
    const kept = JSON.parse(await readFile(file, "utf8")) as { checkpoint: { latest?: StackState } };
    return kept.checkpoint.latest ?? {};
  }

  /** Removes the project's folder. Destroy first what a stack has made outside of it. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string, options: ProjectOptions, node: string): Promise<void> {
  const module = options.pluginModule ?? fileURLToPath(new URL("../plugin.js", import.meta.url));
  const plugin = join(folder, "plugin", "pulumi-resource-coppice");
  await mkdir(join(folder, "plugin"));
  await writeFile(plugin, `#!/bin/sh\nexec '${node}' '${module}' "$@"\n`);
  await chmod(plugin, 0o755);
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  await writeFile(
    join(folder, "package.json"),
    '{ "name": "program", "type": "module", "main": "index.ts" }\n',
  );
  await writeFile(join(folder, "index.ts"), options.program);
  await writeFile(join(folder, "Pulumi.yaml"), projectFile);
}

const projectFile = `name: program
runtime:
  name: nodejs
  options:
    typescript: false
plugins:
  providers:
    - name: coppice
      path: ./plugin
`;

function environment(
  folder: string,
  tools: NodeJS.ProcessEnv,
  extra: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const own = {
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of the tests",
    PULUMI_STACK: "test",
    // `--event-log` is a flag for debugging, hidden otherwise.
    PULUMI_DEBUG_COMMANDS: "true",
  };
  const inherited = Object.entries(tools).filter(([name]) => !/^(PULUMI_|PROXMOX_VE_)/.test(name));
  return { ...Object.fromEntries(inherited), PULUMI_SKIP_UPDATE_CHECK: "true", ...own, ...extra };
}
