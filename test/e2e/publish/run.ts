import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** What a program printed; a bad exit code rejects with its output in the message. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in a folder and waits for its end, at most four minutes. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Output> {
  try {
    return await exec(command, args, { cwd, env, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    // execFile adds what was printed to the error that it rejects with.
    const { stdout, stderr } = error as Output;
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
