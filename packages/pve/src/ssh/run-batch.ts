import type { Client, ClientChannel } from "ssh2";
import { exec } from "./channel-limiter.ts";
import { type ItemResult, ResultLines, type ScriptProgress } from "./result-lines.ts";
import { SshError } from "./ssh-error.ts";

/** What a batch that came to its end gives. */
export interface BatchOutcome {
  /** One per item, in the items' order. */
  readonly results: readonly ItemResult[];
  /** The end of what setup and finish wrote to standard error. */
  readonly stderr: string;
}

/** All that one run needs. */
export interface BatchRun {
  readonly client: Client;
  readonly channel: ClientChannel;
  readonly script: string;
  readonly mark: string;
  readonly keys: readonly string[];
  readonly seconds: number;
  readonly host: string;
  readonly signal?: AbortSignal | undefined;
  readonly onResult?: (key: string) => void;
}

interface Exit {
  /** `undefined` where the connection was lost before the script's end was known. */
  readonly code: number | undefined;
  readonly stderr: string;
}

/** `timeout` ends with 124 when the time was over, 137 when it had to kill (coreutils manual). */
const overtime = new Set([124, 137]);
const stderrKept = 16_384;

/** Sends a script, drains both outputs, and judges the end. */
export async function runBatch(run: BatchRun): Promise<BatchOutcome> {
  const lines = new ResultLines(run.mark, run.keys.length, (index) => run.onResult?.(run.keys[index] ?? ""));
  const onAbort = () => void lines.group.then((group) => killScript(run, group));
  run.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const exited = drain(run.channel, lines);
    run.channel.end(run.script);
    if (run.signal?.aborted) onAbort();
    const exit = await exited;
    const answered = resultsOf(run.keys, lines.progress);
    if (!run.signal?.aborted && exit.code === 0 && lines.progress.finished)
      return { results: answered, stderr: exit.stderr };
    throw batchFailure(run, lines.progress, exit, answered);
  } finally {
    run.signal?.removeEventListener("abort", onAbort);
  }
}

/** Reads both streams to their end: one left unread would stop the other, and the script with it. */
function drain(channel: ClientChannel, lines: ResultLines): Promise<Exit> {
  return new Promise((resolve) => {
    let code: number | undefined;
    let stderr = "";
    channel.on("data", (bytes: Buffer) => lines.push(bytes));
    channel.stderr.on("data", (bytes: Buffer) => {
      stderr = (stderr + bytes.toString()).slice(-stderrKept);
    });
    channel.on("exit", (status: number | null) => {
      // A command ended by a signal has no status.
      code = status ?? -1;
    });
    // A lost connection shows as a close without an exit; the error itself says nothing more.
    channel.on("error", () => undefined);
    channel.once("close", () => resolve({ code, stderr: stderr.trim() }));
  });
}

/**
 * Ends the script on the node by a second command: closing the channel alone would leave it running.
 * The group is the number that the script itself reported.
 */
async function killScript({ client, channel }: BatchRun, group: number): Promise<void> {
  const command = `kill -s TERM -- -${group}; for i in 1 2 3 4 5 6 7 8 9 10; do kill -s 0 -- -${group} || exit 0; sleep 0.1; done; kill -s KILL -- -${group}`;
  try {
    const killer = await exec(client, `sh -c '${command}' 2>/dev/null`);
    killer.resume();
    killer.stderr.resume();
    killer.once("close", () => channel.close());
  } catch {
    // No channel to be had: the remote time limit still ends the script.
    channel.close();
  }
}

function resultsOf(keys: readonly string[], { results }: ScriptProgress): ItemResult[] {
  return keys.flatMap((key, index) => {
    const result = results.get(index);
    return result ? [{ key, ...result }] : [];
  });
}

function batchFailure(
  run: BatchRun,
  progress: ScriptProgress,
  exit: Exit,
  answered: readonly ItemResult[],
): SshError {
  const tally = `${answered.length} of ${run.keys.length} items had answered`;
  const common = { details: { host: run.host, answered: answered.length, items: run.keys.length }, answered };
  if (run.signal?.aborted)
    return new SshError("ssh.aborted", {
      what: `The script on ${run.host} was stopped`,
      why: tally,
      ...common,
    });
  if (exit.code === undefined) {
    const wayOut = "Look at the other items before repeating them";
    return new SshError("ssh.interrupted", {
      what: `The connection to ${run.host} was lost in the middle of a script`,
      why: tally,
      wayOut,
      ...common,
    });
  }
  if (overtime.has(exit.code)) {
    return new SshError("ssh.timeout", {
      what: `The script on ${run.host} took longer than ${run.seconds} s and was ended`,
      why: tally,
      ...common,
    });
  }
  const part = progress.started ? "finish" : "setup";
  const said = exit.stderr.split("\n").at(-1) ?? "";
  return new SshError("ssh.script-failed", {
    what: `The ${part} of the script on ${run.host} failed with exit code ${exit.code}`,
    why: said,
    ...common,
  });
}
