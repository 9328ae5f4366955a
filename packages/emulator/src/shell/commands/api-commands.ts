import type { Method } from "../../api/call.ts";
import { PveError } from "../../kernel/pve-error.ts";
import { callApi, endWithTask, isUpid, paramsOf, printRefusal } from "./call-api.ts";
import { type CommandContext, CommandError } from "./command-context.ts";
import { type ParsedArguments, parseArguments } from "./parse-arguments.ts";

/** A subcommand that is one API call. */
export interface ApiCommand {
  readonly method: Method;
  /** `{node}` is this node, other parts come from the arguments. */
  readonly path: string;
  /** The arguments without a name, in order. */
  readonly positions: readonly string[];
  /** Options with a value of their own. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Exit 0 although the task failed: `qm template`, `qm disk resize` (qemu-server 9.2.6, CLI/qm.pm: no status check). */
  readonly ignoresTask?: true;
  /** Prints what the call answered. */
  readonly print?: (context: CommandContext, answer: unknown, args: ParsedArguments) => void;
  /** Prints before the call. */
  readonly announce?: (context: CommandContext, args: ParsedArguments) => void;
}

export async function runApiCommand(
  context: CommandContext,
  usage: string,
  command: ApiCommand,
  args: readonly string[],
): Promise<number> {
  const probe = filled(command.path, new Map([["node", context.node.name]]), "100");
  const table = paramsOf(context, command.method, probe);
  try {
    const parsed = parseArguments(args, command.positions, table);
    for (const [name, value] of Object.entries(command.fixed ?? {})) parsed.set(name, value);
    const path = filled(command.path, new Map([["node", context.node.name], ...parsed]), "");
    const inPath = new Set([...command.path.matchAll(/\{(\w+)\*?\}/g)].map((match) => match[1]));
    command.announce?.(context, parsed);
    const answer = await callApi(
      context,
      command.method,
      path,
      [...parsed].filter(([name]) => !inPath.has(name)),
    );
    if (isUpid(answer)) {
      const code = await endWithTask(context, answer);
      return command.ignoresTask === true ? 0 : code;
    }
    command.print?.(context, answer, parsed);
    return 0;
  } catch (error) {
    if (error instanceof PveError) return printRefusal(context, error, usage);
    if (error instanceof CommandError) {
      context.output.err(`${error.message}\n${usage}\n`);
      return error.code;
    }
    throw error;
  }
}

function filled(path: string, values: ReadonlyMap<string, string>, otherwise: string): string {
  return path.replace(/\{(\w+)\*?\}/g, (_, name: string) => values.get(name) ?? otherwise);
}

/** Runs the subcommand whose words the arguments begin with; the longest name wins. */
export async function runSubcommand(
  context: CommandContext,
  tool: string,
  commands: Readonly<Record<string, ApiCommand>>,
  args: readonly string[],
): Promise<number> {
  for (const length of [3, 2, 1]) {
    const name = args.slice(0, length).join(" ");
    const command = args.length >= length && Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) continue;
    const positions = command.positions.map((position) => `<${position}>`);
    return await runApiCommand(
      context,
      [tool, name, ...positions, "[OPTIONS]"].join(" "),
      command,
      args.slice(length),
    );
  }
  const [first] = args;
  context.output.err(
    first === undefined ? "ERROR: no command specified\n" : `ERROR: unknown command '${tool} ${first}'\n`,
  );
  context.output.err(`USAGE: ${tool} <COMMAND> [ARGS] [OPTIONS]\n`);
  return 255;
}
