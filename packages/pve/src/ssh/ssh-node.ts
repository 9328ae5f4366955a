import { randomUUID } from "node:crypto";
import { systemClock } from "@coppice/core";
import type { Client } from "ssh2";
import { abortable } from "../waiting/abortable.ts";
import { type Batch, batchScript } from "./batch-script.ts";
import { ChannelLimiter, type OpenChannel } from "./channel-limiter.ts";
import { openConnection } from "./open-connection.ts";
import { type BatchOutcome, runBatch } from "./run-batch.ts";
import { SshError } from "./ssh-error.ts";
import type { SshNodeSettings } from "./ssh-settings.ts";

/** How a batch is run. */
export interface RunOptions {
  /** Longest time on the node, in whole seconds. @default 600 */
  readonly timeLimit?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called as each item answers. */
  readonly onResult?: (key: string) => void;
}

/**
 * A node's shell. One connection, opened at the first run and again after it was lost.
 *
 * @example
 * await using node = new SshNode({ host: "pve1", hostKey: { fingerprint: "SHA256:…" }, auth: { keyFile: "id_ed25519" } });
 * const { results } = await node.run({
 *   each: 'qemu-img create -q -f qcow2 -F qcow2 -b "$1" "$2"',
 *   items: seats.map((seat) => ({ key: seat.name, args: [base, seat.file] })),
 * });
 */
export class SshNode {
  readonly #settings: SshNodeSettings;
  readonly #channels: ChannelLimiter;
  #client: Promise<Client> | undefined;

  constructor(settings: SshNodeSettings) {
    this.#settings = settings;
    const channels = Math.min(Math.max(settings.channels ?? 4, 1), 4);
    this.#channels = new ChannelLimiter(channels, settings.clock ?? systemClock);
  }

  /**
   * Runs a batch in one script and answers how each item went. Throws when the batch as a whole did
   * not come to its end; the error then says which items had answered.
   */
  async run(batch: Batch, options: RunOptions = {}): Promise<BatchOutcome> {
    const mark = `coppice-${randomUUID()}`;
    const script = batchScript(batch, mark);
    const seconds = Math.max(1, Math.ceil(options.timeLimit ?? 600));
    // A constant but for the number: input reaches the node on standard input only, quoted.
    const command = `exec timeout -k 5 ${seconds} sh -s`;
    const keys = batch.items.map((item) => item.key);
    const open = await this.#open(command, options.signal);
    return await runBatch({ ...open, script, mark, keys, seconds, host: this.#settings.host, ...options });
  }

  /** Runs one script and answers what it wrote to standard output, without its last newlines. */
  async capture(
    part: { readonly script: string; readonly args?: readonly string[]; readonly stdin?: string },
    options: RunOptions = {},
  ): Promise<string> {
    const { args = [], stdin } = part;
    const items = [{ key: "script", args, ...(stdin === undefined ? {} : { stdin }) }];
    const { results } = await this.run({ each: captured(part.script), items }, options);
    const [result] = results;
    if (result?.ok) return Buffer.from(result.detail, "base64").toString();
    throw new SshError("ssh.script-failed", {
      what: `A script on ${this.#settings.host} failed`,
      why: result?.detail ?? "",
      answered: results,
    });
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    client?.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #open(command: string, signal: AbortSignal | undefined): Promise<OpenChannel> {
    try {
      return await this.#channels.open(() => abortable(this.#connected(), signal), command, signal);
    } catch (cause) {
      if (!signal?.aborted) throw cause;
      throw new SshError("ssh.aborted", {
        what: `The script for ${this.#settings.host} was not started`,
        why: "it was stopped",
        cause,
      });
    }
  }

  #connected(): Promise<Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<Client> {
    const forget = () => {
      this.#client = undefined;
    };
    try {
      const client = await openConnection(this.#settings);
      return client.once("close", forget);
    } catch (error) {
      forget();
      throw error;
    }
  }
}

/** Base64 carries many lines through the one line of an item's detail. */
function captured(script: string): string {
  return `coppice_script() {\n${script}\n}\ncoppice_text=$(set -e; coppice_script "$@")\nprintf '\\n'; printf '%s' "$coppice_text" | base64 -w0`;
}
