import type { Connect } from "@coppice/clusters/connections";
import type { Registry } from "../../kit/registry.ts";
import { Attachments } from "./attachments.ts";
import { connectEngine } from "./engine-connection.ts";
import { type OtherLanguages, type Sessions } from "./plugin-service.ts";
import { type PluginParts, PluginSession } from "./plugin-session.ts";
import { startServer } from "./start-server.ts";

/** What a plugin process serves. */
export interface PluginOptions {
  readonly registry: Registry;
  readonly version: string;
  /** The engine's address, the first argument of the executable; absent when started by hand. */
  readonly engineAddress?: string | undefined;
  readonly languages?: OtherLanguages;
  /** Replaced by tests. @default a real connection */
  readonly connect?: Connect;
}

/** What ends when the process is asked to. */
interface Endable {
  end(reason: string): Promise<void>;
}

/**
 * Serves Pulumi's provider protocol on a port of its own until the engine ends it: prints the port, as the
 * engine expects. When the engine is lost, finishes the step in hand and ends the process. Started by hand, it serves
 * the engines that attach to it, one after another.
 */
export async function servePlugin(options: PluginOptions): Promise<void> {
  const { registry, version, languages, connect, engineAddress } = options;
  const parts: PluginParts = { registry, version, ...(connect && { connect }) };
  const sessions = engineAddress === undefined ? new Attachments(parts) : onlySession(parts, engineAddress);
  const { port } = await startServer(sessions, languages);
  surviveBrokenPipes();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => leave(sessions, `got ${signal}`));
  process.stdout.write(`${port}\n`);
}

/** The session of the engine that has started this process. */
function onlySession(parts: PluginParts, engineAddress: string): Sessions & Endable {
  const { log } = connectEngine(engineAddress, () => leave(session, "the engine is gone"));
  const session = new PluginSession({ ...parts, log, engineAddress });
  return {
    version: parts.version,
    of: () => session,
    attach: () => Promise.resolve(),
    end: (reason) => session.end(reason),
  };
}

/** A killed engine leaves both pipes without a reader: a line that is written then must not end the step in hand. */
function surviveBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

function leave(sessions: Endable, reason: string): void {
  void sessions.end(reason).finally(() => process.exit(0));
}
