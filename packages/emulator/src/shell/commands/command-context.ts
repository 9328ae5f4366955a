import type { Router } from "../../api/router.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { CommandOutput } from "./node-command.ts";

/** What a command has: its node, the API behind it, and its two outputs. */
export interface CommandContext {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly router: Router;
  readonly output: CommandOutput;
  /** The folder it was called in. */
  readonly folder: string;
}

/** A command's arguments after its name. */
export type CommandArgs = readonly string[];

/** Runs a command and answers its exit code. */
export type Command = (context: CommandContext, args: CommandArgs) => Promise<number>;

/** A refusal before anything was done: its lines go to standard error. */
export class CommandError extends Error {
  readonly code: number;

  constructor(message: string, code = 255) {
    super(message);
    this.name = "CommandError";
    this.code = code;
  }
}
