import { InvalidArgumentError } from "commander";
import type { Questions } from "../terminal/questions.ts";
import type { AddCommand } from "./add-command.ts";

interface NewFlags {
  readonly name?: string;
  readonly endpoint?: string;
  readonly fingerprint?: string;
  readonly caFile?: string;
  readonly tokenFile?: string;
  readonly tokenEnv?: string;
  readonly sshKey?: string;
  readonly sshUser?: string;
  readonly sshNode?: Readonly<Record<string, string>>;
  readonly hostKey?: Readonly<Record<string, string>>;
}

/** `coppice new [template] [folder]`: a project that runs as it stands; on a terminal it asks for what is not given. */
export const addNew: AddCommand = (program) => {
  program
    .command("new")
    .description("make a project of a template; on a terminal, asks for what is not given")
    .argument("[template]", "what it begins as", "lab-class")
    .argument("[folder]", "the new project's folder; its last part becomes the project's name")
    .option("--name <name>", "the project's name, if not the folder's")
    .option("--endpoint <url>", "any node of the cluster, as https://pve1.example.org:8006")
    .option("--fingerprint <sha256>", "the node's certificate, as `pvenode cert info` shows it")
    .option("--ca-file <file>", "or the authority that signed it, a copy of /etc/pve/pve-root-ca.pem")
    .option("--token-file <file>", "a file that holds the API token, user@realm!name=secret")
    .option("--token-env <name>", "or the environment variable that holds it")
    .option("--ssh-key <file>", "a private key that the nodes accept, for overlays")
    .option("--ssh-user <name>", "who logs in there (default: root)")
    .option("--ssh-node <node=host[:port]>", "where a node's SSH server is, once for each node", pair)
    .option("--host-key <node=key>", "a node's SSH host key or its SHA256:… fingerprint, likewise", pair)
    .action(async (template: string, folder: string | undefined, flags: NewFlags) => {
      process.exitCode = await make({ template, folder, ...flags });
    });
};

type NewOptions = NewFlags & { readonly template: string; readonly folder: string | undefined };

async function make({ template, folder: given, name, ...flags }: NewOptions): Promise<number> {
  const [{ newProject }, { nextSteps, typedCommand }, { InterruptedError }] = await Promise.all([
    import("../new-project/new-project.ts"),
    import("../new-project/next-steps.ts"),
    import("../terminal/interrupted-error.ts"),
  ]);
  const questions = await questionsOnTerminal();
  try {
    const folder = given ?? (await questions?.ask("Folder of the new project", "lab-class")) ?? "lab-class";
    const cluster = { sshNode: {}, hostKey: {}, ...flags };
    const asking = { questions, environment: process.env };
    const made = await newProject({ template, folder, name, cluster }, asking);
    const command = typedCommand(process.env["PATH"]);
    process.stdout.write(`${nextSteps({ ...made, folder, command }).join("\n")}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    process.stderr.write("\nNothing was written.\n");
    // As a shell reports a program that Ctrl-C ended.
    return 130;
  } finally {
    questions?.close();
  }
}

async function questionsOnTerminal(): Promise<(Questions & { close(): void }) | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const { TerminalQuestions } = await import("../terminal/terminal-questions.ts");
  return new TerminalQuestions(process.stdin, process.stdout);
}

function pair(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, node, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (node === undefined || value === undefined)
    throw new InvalidArgumentError("Write it as <node>=<value>.");
  return { ...before, [node]: value };
}
