import { setTimeout as pause } from "node:timers/promises";
import type { Client, ClientConfig } from "pg";
import { connectionTo, joinServer, usersLock } from "./join-server.ts";
import { preparePlace } from "./prepare-place.ts";
import { readServerFile, serverState } from "./server-file.ts";
import { type ServerPlace, serverPlace } from "./server-place.ts";

/** Between two looks at a server that stops, in milliseconds. */
const LOOK = 5;

/**
 * A PostgreSQL of our own, which everybody who uses the same home shares: the first starts it, the last stops it. Where
 * the last is killed it stays, and the next one uses it.
 */
export class EmbeddedServer {
  readonly #place: ServerPlace;
  readonly #signal: AbortSignal;
  /** Ends with the server, whatever ends that. */
  #guard: Promise<Client> | undefined;

  private constructor(place: ServerPlace, signal: AbortSignal) {
    this.#place = place;
    this.#signal = signal;
  }

  /** Starts the server of that home, or joins those who use it. */
  static async open(home: string, signal: AbortSignal): Promise<EmbeddedServer> {
    const place = await serverPlace(home);
    await preparePlace(place, home);
    const server = new EmbeddedServer(place, signal);
    await server.ready();
    return server;
  }

  /** Where its data lies. */
  get where(): string {
    return this.#place.data;
  }

  /** How it is connected to. */
  async connection(): Promise<ClientConfig> {
    return (await connectionTo(this.#place)) ?? {};
  }

  /** Returns when it answers: at once, unless it was killed since. What it returns stands for this use of it. */
  async ready(): Promise<Client> {
    this.#guard ??= this.#join();
    return await this.#guard;
  }

  /** Starts or joins it anew when it refused a connection, which tells of its end before that use of it does. */
  async refused(use: Client): Promise<void> {
    await use.end().catch(() => undefined);
    await this.ready();
  }

  /** Ends our use of it, after every other connection of ours, and stops it if nobody else uses it. */
  async leave(): Promise<void> {
    const guard = await this.#guard?.catch(() => undefined);
    if (!guard) return;
    try {
      if (await isLast(guard)) await this.#stop(guard);
    } catch {
      // It ended meanwhile, so there is nothing to stop.
    } finally {
      await guard.end().catch(() => undefined);
    }
  }

  #join(): Promise<Client> {
    const joining = joinServer(this.#place, this.#signal).then((guard) => {
      guard.once("end", () => this.#forget(joining));
      return guard;
    });
    joining.catch(() => this.#forget(joining));
    return joining;
  }

  #forget(joining: Promise<Client>): void {
    if (this.#guard === joining) this.#guard = undefined;
  }

  /** PostgreSQL's fast shutdown: it writes everything down and ends its connections, ours among them. */
  async #stop(guard: Client): Promise<void> {
    const running = await readServerFile(this.#place);
    if (!running?.pid) return;
    const ended = new Promise((resolve) => guard.once("end", resolve));
    process.kill(running.pid, "SIGINT");
    await ended;
    while (serverState(running) === "running") await pause(LOOK);
  }
}

/** Nobody else can join while we hold the lock alone: who tries waits, and starts the server again. */
async function isLast(guard: Client): Promise<boolean> {
  await guard.query("select pg_advisory_unlock_shared($1)", [usersLock]);
  const { rows } = await guard.query<{ alone: boolean }>("select pg_try_advisory_lock($1) as alone", [
    usersLock,
  ]);
  return rows[0]?.alone ?? false;
}
