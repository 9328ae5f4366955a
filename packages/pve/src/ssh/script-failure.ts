import type { OutputLines } from "./output-lines.ts";
import { SshError } from "./ssh-error.ts";

/** How the command around a script ended. */
export interface ScriptEnd {
  /** The command's exit code; undefined where the connection was lost before. */
  readonly code: number | undefined;
  /** The last that it wrote to standard error. */
  readonly stderr: string;
}

/** What a script may write in all: a thousand answers are 40 KB, and one gone wild must not fill our memory. */
export const mostOutput = 16 * 1024 ** 2;

/** `timeout` ends with 124 when the time was over, 137 when it had to kill (coreutils manual). */
const overtime = new Set([124, 137]);

/** Why a script did not come to a good end. */
export function scriptFailure(
  { code, count, bytes }: Pick<OutputLines, "code" | "count" | "bytes">,
  end: ScriptEnd & { readonly host: string; readonly seconds: number; readonly aborted: boolean },
): SshError {
  const { host } = end;
  const details = { host, lines: count };
  const tally = `it had written ${count === 1 ? "1 line" : `${count} lines`}`;
  if (end.aborted)
    return new SshError("ssh.aborted", { what: `The script on ${host} was stopped`, why: tally, details });
  if (bytes > mostOutput) {
    const what = `The script on ${host} was ended`;
    return new SshError("ssh.script-failed", {
      what,
      why: `it wrote more than ${mostOutput} bytes`,
      details,
    });
  }
  // With its last line the script has ended by itself, whatever became of the connection.
  if (code === undefined && end.code === undefined) {
    const what = `The connection to ${host} was lost in the middle of a script`;
    const wayOut = "What it had done is done: look at it before running it again";
    return new SshError("ssh.interrupted", { what, why: tally, wayOut, details });
  }
  if (code === undefined && overtime.has(end.code ?? 0)) {
    const what = `The script on ${host} took longer than ${end.seconds} s and was ended`;
    return new SshError("ssh.timeout", { what, why: tally, details });
  }
  const why =
    end.stderr.split("\n").at(-1) || (code === undefined ? "it ended early" : `its exit code is ${code}`);
  return new SshError("ssh.script-failed", { what: `A script on ${host} failed`, why, details });
}
