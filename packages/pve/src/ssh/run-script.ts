import type { Client, ClientChannel } from "ssh2";
import { killScript } from "./kill-script.ts";
import { OutputLines } from "./output-lines.ts";
import { mostOutput, type ScriptEnd, scriptFailure } from "./script-failure.ts";

/** All that one run needs. */
export interface ScriptRun {
  readonly client: Client;
  readonly channel: ClientChannel;
  /** What the script gets on its standard input. */
  readonly input: string;
  readonly mark: string;
  readonly seconds: number;
  readonly host: string;
  readonly signal?: AbortSignal | undefined;
  readonly onLine: (line: string) => void;
}

const stderrKept = 16_384;

/** Sends a script, hands its lines on as they come, and judges the end. */
export async function runScript(run: ScriptRun): Promise<void> {
  const failed: unknown[] = [];
  const lines = new OutputLines(run.mark, (line) => {
    // An error of the one who listens must not end in the connection's events: it comes up when the script has ended.
    try {
      run.onLine(line);
    } catch (error) {
      failed.push(error);
    }
  });
  const end = await followScript(run, lines);
  if (failed.length > 0) throw failed[0];
  const { host, seconds } = run;
  const aborted = run.signal?.aborted === true;
  if (aborted || lines.code !== 0) throw scriptFailure(lines, { ...end, host, seconds, aborted });
}

async function followScript(run: ScriptRun, lines: OutputLines): Promise<ScriptEnd> {
  const onAbort = () => void lines.group.then((group) => killScript(run, group));
  run.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const ended = drain(run, lines);
    run.channel.end(run.input);
    if (run.signal?.aborted) onAbort();
    return await ended;
  } finally {
    run.signal?.removeEventListener("abort", onAbort);
  }
}

/** Reads both streams to their end: one left unread would stop the other, and the script with it. */
function drain(run: ScriptRun, lines: OutputLines): Promise<ScriptEnd> {
  const { channel } = run;
  return new Promise((resolve) => {
    let code: number | undefined;
    let stderr = "";
    channel.on("data", (bytes: Buffer) => {
      if (lines.bytes > mostOutput) return;
      lines.push(bytes);
      if (lines.bytes > mostOutput) void endFlood(run, lines);
    });
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

/** Before the script has begun only a `.bashrc` can write, and a closed channel ends it. */
async function endFlood(run: ScriptRun, lines: OutputLines): Promise<void> {
  if (lines.hasBegun) await killScript(run, await lines.group);
  else run.channel.close();
}
