/** A command as it was typed on a node. */
export interface NodeCommand {
  readonly name: string;
  readonly uid: number;
  readonly folder: string;
  readonly args: readonly string[];
}

/** Where a command's output goes. */
export interface CommandOutput {
  out(text: string): void;
  err(text: string): void;
}

/** Runs a command and answers its exit code. */
export type CommandRunner = (command: NodeCommand, output: CommandOutput) => Promise<number>;
