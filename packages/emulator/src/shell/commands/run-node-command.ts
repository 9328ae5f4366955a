import type { Router } from "../../api/router.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { PveError } from "../../kernel/pve-error.ts";
import { type ApiCommand, runSubcommand } from "./api-commands.ts";
import { printRefusal } from "./call-api.ts";
import { pvecm, pveversion, systemctl } from "./cluster-commands.ts";
import { type Command, type CommandContext, CommandError } from "./command-context.ts";
import type { CommandOutput, CommandRunner, NodeCommand } from "./node-command.ts";
import { pvesh } from "./pvesh.ts";
import { pvesmCommands, pvesmSpecial } from "./pvesm-commands.ts";
import { pveumCommands } from "./pveum-commands.ts";
import { qmCommands } from "./qm-commands.ts";
import { qmSpecial } from "./qm-special.ts";

/** A tool made of subcommands: the special ones first, then those that are one API call. */
function tool(
  name: string,
  special: Readonly<Record<string, Command>>,
  commands: Readonly<Record<string, ApiCommand>>,
): Command {
  return async (context, args) => {
    for (const length of [2, 1]) {
      const words = args.slice(0, length).join(" ");
      const command = Object.hasOwn(special, words) ? special[words] : undefined;
      if (command !== undefined) return await command(context, args.slice(length));
    }
    return await runSubcommand(context, name, commands, args);
  };
}

const tools: Readonly<Record<string, Command>> = {
  qm: tool("qm", qmSpecial, qmCommands),
  pvesm: tool("pvesm", pvesmSpecial, pvesmCommands),
  pveum: tool("pveum", {}, pveumCommands),
  pvesh,
  pvecm,
  pveversion,
  systemctl,
};

/** What the commands of a node do: the same code as its API, as root@pam, with tasks in the foreground. */
export function nodeCommands(
  cluster: Cluster,
  router: Router,
  settle: () => void,
): (node: Node) => CommandRunner {
  return (node) => async (command, output) => {
    cluster.counters.add(`process:${command.name}`);
    // A command sees what the script before it wrote by hand.
    settle();
    await cluster.latency.spend("perl-start", node.name, cluster.stopped);
    return await run({ cluster, router, node, output, folder: command.folder }, command, output);
  };
}

async function run(context: CommandContext, command: NodeCommand, output: CommandOutput): Promise<number> {
  const program = tools[command.name];
  if (program === undefined) {
    output.err(`${command.name}: not a command of this node\n`);
    return 127;
  }
  try {
    return await program(context, command.args);
  } catch (error) {
    if (error instanceof PveError)
      return printRefusal(context, error, `${command.name} <COMMAND> [ARGS] [OPTIONS]`);
    if (!(error instanceof CommandError)) throw error;
    output.err(`${error.message}\n`);
    return error.code;
  }
}
