import type { Clock } from "@coppice/core";
import type { Client, ClientChannel } from "ssh2";
import { NodeLimiter } from "../waiting/node-limiter.ts";
import { SshError } from "./ssh-error.ts";

/** About ten seconds in all. */
const mostAttempts = 28;
const firstPause = 25;
const longestPause = 400;

/** A running command and the connection that it runs on. */
export interface OpenChannel {
  readonly client: Client;
  readonly channel: ClientChannel;
}

/** Opens command channels on one connection: few at once, and again when the server's MaxSessions is reached. */
export class ChannelLimiter {
  readonly #slots: NodeLimiter;
  readonly #clock: Clock;

  constructor(channels: number, clock: Clock) {
    this.#slots = new NodeLimiter(channels);
    this.#clock = clock;
  }

  /** Waits for a slot and a channel; the slot is given back when the channel has closed. */
  async open(connect: () => Promise<Client>, command: string, signal?: AbortSignal): Promise<OpenChannel> {
    const release = await this.#slots.acquire("", signal);
    try {
      const open = await this.#openOnce(connect, command, signal);
      open.channel.once("close", release);
      return open;
    } catch (error) {
      release();
      throw error;
    }
  }

  async #openOnce(
    connect: () => Promise<Client>,
    command: string,
    signal?: AbortSignal,
  ): Promise<OpenChannel> {
    for (let attempt = 1; ; attempt += 1) {
      const client = await connect();
      try {
        return { client, channel: await exec(client, command) };
      } catch (cause) {
        if (!isRefusal(cause) || attempt === mostAttempts) throw channelFailure(cause);
        await this.#clock.sleep(Math.min(firstPause * 2 ** attempt, longestPause), signal);
      }
    }
  }
}

/** Opens one channel and starts a command on it. */
export function exec(client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}

/**
 * sshd answers "open failed" beyond its MaxSessions; another channel may close soon. "Not connected"
 * is a connection that was lost while idle; the next attempt opens a new one. Nothing ran in both cases.
 */
function isRefusal(cause: unknown): boolean {
  return cause instanceof Error && /open fail|not connected/i.test(cause.message);
}

function channelFailure(cause: unknown): SshError {
  const why = cause instanceof Error ? cause.message : "unknown reason";
  return new SshError("ssh.channel", {
    what: "The node opened no channel for a command",
    why,
    wayOut: "Raise MaxSessions in its sshd_config",
    cause,
  });
}
