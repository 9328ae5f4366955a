import { CoppiceError } from "@coppice/core";
import { connectEngine, type EngineConnection } from "./engine-connection.ts";
import type { Sessions } from "./plugin-service.ts";
import { type PluginParts, PluginSession, type Surroundings } from "./plugin-session.ts";

interface Attachment {
  readonly session: PluginSession;
  readonly engine: EngineConnection;
  /** Resolves when the session has ended. */
  readonly ended: Promise<void>;
  end(reason: string): void;
}

/** How long an engine that attaches waits for the end of the one before it, in milliseconds. */
const patience = 2000;

/**
 * The sessions of a plugin that runs before its engine does (`PULUMI_DEBUG_PROVIDERS`): the engine attaches by each of its
 * connections, one for every provider of the stack. A session knows nothing of those before it, neither their cancellation
 * nor their credentials. There is one engine at a time.
 */
export class Attachments implements Sessions {
  readonly version: string;
  readonly #parts: PluginParts;
  readonly #open = new Map<string, Attachment>();
  #surroundings: Partial<Surroundings> = {};

  constructor(parts: PluginParts) {
    this.version = parts.version;
    this.#parts = parts;
  }

  /** Where the sessions that begin from now on find what their configurations refer to. */
  surround(surroundings: Surroundings): void {
    this.#surroundings = surroundings;
  }

  /** An only session answers an unknown connection too: an engine connects anew after half an hour without a call. */
  of(peer: string): PluginSession {
    const [only, ...others] = this.#open.values();
    const found = this.#open.get(peer) ?? (others.length === 0 ? only : undefined);
    if (found !== undefined) return found.session;
    throw new CoppiceError("provider.not-configured", {
      what: "The provider coppice was asked by an engine that is not attached to it",
    });
  }

  async attach(peer: string, engineAddress: string): Promise<void> {
    const ofOthers = [...this.#open.values()].filter(
      ({ session }) => session.engineAddress !== engineAddress,
    );
    if (!(await endInTime(ofOthers))) {
      throw new CoppiceError("provider.attached", {
        what: "An engine is attached to this provider coppice already",
        why: "it serves one at a time",
        wayOut: "Wait for that run's end, or start another provider",
      });
    }
    this.#open.get(peer)?.end("attached anew");
    this.#open.set(peer, this.#begin(peer, engineAddress));
  }

  /** Asks the work in hand to stop at its next step. */
  cancel(reason: string): void {
    for (const { session } of this.#open.values()) session.cancel(reason);
  }

  /** Ends all sessions, each when its work in hand has stopped, and forgets them and where they found things. */
  async end(reason: string): Promise<void> {
    this.#surroundings = {};
    const all = [...this.#open.values()];
    for (const each of all) each.end(reason);
    await Promise.all(all.map(({ ended }) => ended));
  }

  #begin(peer: string, engineAddress: string): Attachment {
    const engine = connectEngine(engineAddress, () => attachment.end("the engine is gone"));
    const session = new PluginSession({
      ...this.#parts,
      ...this.#surroundings,
      log: engine.log,
      engineAddress,
    });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const forget = (): void => {
      engine.close();
      if (this.#open.get(peer) === attachment) this.#open.delete(peer);
      resolve();
    };
    const end = (reason: string): void => void session.end(reason).finally(forget);
    const attachment: Attachment = { session, engine, ended, end };
    return attachment;
  }
}

async function endInTime(attachments: readonly Attachment[]): Promise<boolean> {
  if (attachments.length === 0) return true;
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, patience, false);
  const all = Promise.all(attachments.map(({ ended }) => ended)).then(() => true);
  return await Promise.race([all, late]).finally(() => clearTimeout(timer));
}
