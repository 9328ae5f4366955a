import type { Clusters, Connect } from "@coppice/clusters/connections";
import { type Clock, CoppiceError, systemClock } from "@coppice/core";
import type { Registry } from "../../kit/registry.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import { SharedMarks } from "../../kit/shared-marks.ts";
import type { EngineLog } from "./engine-log.ts";

/** What every session of a plugin has. */
export interface PluginParts {
  readonly registry: Registry;
  readonly version: string;
  /** Another way to a cluster, for tests. */
  readonly connect?: Connect;
  readonly clock?: Clock;
}

/** A resource that work is about. */
export interface NamedResource {
  /** What the engine knows it by now. */
  readonly urn: string;
  /** What it was made under: its marks come from it. */
  readonly madeAs: string;
}

/** Where a session's configuration finds what it refers to. */
export interface Surroundings {
  /** Relative file names start here: the engine starts plugins in the project's folder. */
  readonly folder: string;
  /** Variables that a configuration may refer to. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What one session is made of. */
export interface SessionParts extends PluginParts, Partial<Surroundings> {
  readonly log: EngineLog;
  /** Where the engine takes log lines; absent when the plugin was started by hand. */
  readonly engineAddress?: string | undefined;
}

/** What a session is configured with. */
export interface Configured {
  readonly clusters: Clusters;
  /** The provider in the stack that this session serves, where the engine says which one it is. */
  readonly reference?: string | undefined;
  /** The id of the state's home. */
  readonly origin?: string | undefined;
}

/** One engine's use of the plugin: its configuration, its work in hand, and the end of it. */
export class PluginSession implements Surroundings {
  readonly registry: Registry;
  readonly version: string;
  readonly log: EngineLog;
  readonly engineAddress: string | undefined;
  readonly folder: string;
  readonly environment: Surroundings["environment"];
  readonly connect: Connect | undefined;
  readonly marks = new SharedMarks();
  readonly clock: Clock;
  readonly #abort = new AbortController();
  readonly #idleWaiters: (() => void)[] = [];
  #clusters: Clusters | undefined;
  #reference: string | undefined;
  #origin: string | undefined;
  #inHand = 0;

  constructor(parts: SessionParts) {
    this.registry = parts.registry;
    this.version = parts.version;
    this.log = parts.log;
    this.engineAddress = parts.engineAddress;
    this.folder = parts.folder ?? process.cwd();
    this.environment = parts.environment ?? process.env;
    this.connect = parts.connect;
    this.clock = parts.clock ?? systemClock;
  }

  /** Takes a configuration into use. */
  configure({ clusters, reference, origin }: Configured): void {
    this.#clusters = clusters;
    this.#reference = reference;
    this.#origin = origin;
  }

  /** The id of the state's home, where the configuration names one. */
  get origin(): string | undefined {
    return this.#origin;
  }

  /** The provider in the stack that this session serves, as the engine refers to it. */
  get reference(): string | undefined {
    return this.#reference;
  }

  /** Asks the work in hand to stop at its next step, and lets no other begin. */
  cancel(reason: string): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort(
      new CoppiceError("provider.interrupted", { what: "Stopped before it was done", why: reason }),
    );
  }

  /** Resolves when no work is in hand. */
  async idle(): Promise<void> {
    if (this.#inHand === 0) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Ends the session when its work in hand has stopped, and forgets what it was configured with. */
  async end(reason: string): Promise<void> {
    this.cancel(reason);
    await this.idle();
    const clusters = this.#clusters;
    this.#clusters = undefined;
    await clusters?.close();
  }

  /** Runs a handler's function with a context of its own; refused after a cancel. */
  async run<T>(resource: NamedResource, work: (context: ResourceContext) => Promise<T>): Promise<T> {
    this.#abort.signal.throwIfAborted();
    this.#inHand++;
    try {
      return await work(this.#contextFor(resource));
    } finally {
      // Else the last progress of a resource could come after its end, or not at all after the last resource's.
      await this.log.settled();
      this.#inHand--;
      if (this.#inHand === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
    }
  }

  #contextFor({ urn, madeAs }: NamedResource): ResourceContext {
    return {
      urn: madeAs,
      origin: this.#origin,
      signal: this.#abort.signal,
      clock: this.clock,
      report: (progress) => this.log.progress(urn, progress),
      judge: (verdict) => this.log.judge(urn, verdict),
      inform: (message) => this.log.inform(urn, message),
      warn: (message) => this.log.warn(urn, message),
      cluster: async (name) => await this.#configured().get(name),
    };
  }

  #configured(): Clusters {
    if (this.#clusters !== undefined) return this.#clusters;
    throw new CoppiceError("provider.not-configured", {
      what: "The provider coppice was asked before it was configured",
    });
  }
}
