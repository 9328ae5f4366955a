import { randomUUID } from "node:crypto";
import { systemClock } from "@coppice/core";
import type { Client } from "ssh2";
import { abortable } from "../waiting/abortable.ts";
import { ChannelLimiter, type OpenChannel } from "./channel-limiter.ts";
import { openConnection } from "./open-connection.ts";
import { runScript } from "./run-script.ts";
import { commandFor, inputOf, type Script } from "./script.ts";
import { SshError } from "./ssh-error.ts";
import type { SshNodeSettings } from "./ssh-settings.ts";

/** How a script is run. */
export interface RunOptions {
  /** Longest time on the node, in whole seconds. @default 600 */
  readonly timeLimit?: number;
  /**
   * Ends the script on the node wherever it is, as its time limit does: not for a script that must not be broken off.
   * One that has not begun is not started.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A node's shell. One connection, opened at the first run and again after it was lost.
 *
 * @example
 * await using node = new SshNode({ host: "pve1", hostKey: { fingerprint: "SHA256:…" }, auth: { keyFile: "id_ed25519" } });
 * const free = await node.capture({ script: 'df --output=avail "$1" | tail -1', args: [folder] });
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
   * Runs a script and hands on each line of its standard output as it comes.
   *
   * @throws SshError with the reason when the script did not come to a good end; what its lines told stands
   */
  async run(script: Script, onLine: (line: string) => void, options: RunOptions = {}): Promise<void> {
    const { timeLimit = 600, signal } = options;
    const mark = `coppice-${randomUUID()}`;
    const input = inputOf(script);
    const seconds = Math.max(1, Math.ceil(timeLimit));
    const open = await this.#open(commandFor(script, mark, seconds), signal);
    await runScript({ ...open, input, mark, seconds, host: this.#settings.host, signal, onLine });
  }

  /** Runs a script and answers all that it wrote to standard output, without its last newlines. */
  async capture(script: Script, options: RunOptions = {}): Promise<string> {
    const lines: string[] = [];
    await this.run(script, (line) => lines.push(line), options);
    return lines.join("\n").replace(/\n+$/, "");
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
    try {
      const client = await openConnection(this.#settings);
      const opened = this.#client;
      // A late end of this connection must not drop the one that was opened after it.
      return client.once("close", () => {
        if (this.#client === opened) this.#client = undefined;
      });
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }
}
