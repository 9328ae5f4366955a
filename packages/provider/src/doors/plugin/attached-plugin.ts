import { Attachments } from "./attachments.ts";
import { loadCalls } from "./plugin-service.ts";
import type { PluginParts, Surroundings } from "./plugin-session.ts";
import { startServer } from "./start-server.ts";

/** The provider in the process that starts its engine, which finds it by `PULUMI_DEBUG_PROVIDERS`. */
export interface AttachedPlugin {
  readonly port: number;
  /** Where the run that comes finds what its configuration refers to. */
  surround(surroundings: Surroundings): void;
  /** Asks the work in hand to stop at its next step. */
  cancel(reason: string): void;
  /** Ends the run's sessions, each when its work in hand has stopped, and forgets its credentials. */
  end(reason: string): Promise<void>;
  /** Loads what a run needs before one comes. */
  warm(): Promise<void>;
  /** Ends the server. */
  stop(): void;
}

/**
 * Serves the provider to engines that attach to it, one at a time.
 *
 * @example
 * const plugin = await serveAttached({ registry: resources, version });
 * plugin.surround({ folder, environment });
 * // … a run of the engine with PULUMI_DEBUG_PROVIDERS=coppice:<port>
 * await plugin.end("the run is over");
 */
export async function serveAttached(parts: PluginParts): Promise<AttachedPlugin> {
  const attachments = new Attachments(parts);
  const { port, stop } = await startServer(attachments);
  const load = async (): Promise<void> => {
    const handlers = [...parts.registry.values()].map((resource) => resource.load());
    await Promise.all([loadCalls(), ...handlers]);
  };
  return {
    port,
    stop,
    warm: load,
    surround: (surroundings) => attachments.surround(surroundings),
    cancel: (reason) => attachments.cancel(reason),
    end: (reason) => attachments.end(reason),
  };
}
