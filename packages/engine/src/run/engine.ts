import { startAttachedPlugin } from "@coppice/plugin/attached";
import { startProgramServer } from "../program/program-server.ts";
import { Run } from "./run.ts";
import type { RunOrder } from "./run-order.ts";
import type { RunOutcome } from "./run-outcome.ts";
import type { EngineOptions, EngineParts, RunTalk } from "./run-parts.ts";

/** Runs the engine, which starts once for each run: the program and the provider are in this process. */
export interface Engine {
  /** Loads what runs need, so that none waits for it. */
  warm(): Promise<void>;
  /** Carries out an order. Whatever goes wrong is in the outcome. One at a time. */
  run(order: RunOrder, talk: RunTalk): Promise<RunOutcome>;
  stop(): void;
}

/**
 * Makes ready for runs.
 *
 * @example
 * const engine = await startEngine({ home: await openHome(process.env), pulumi, environment: process.env });
 * const outcome = await engine.run(order, { tell: console.log, signal: new AbortController().signal });
 * engine.stop();
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const [plugin, server] = await Promise.all([startAttachedPlugin(), startProgramServer()]);
  const warm = async (): Promise<void> => {
    // The program first: the engine asks for it before it asks the provider anything.
    await Promise.all([import("../program/run-program.ts"), import("@coppice/components")]);
    await plugin.warm();
  };
  const parts: EngineParts = { ...options, plugin, server, warm };
  let isBusy = false;
  return {
    warm,
    run: async (order, talk) => {
      if (isBusy) throw new Error("an engine carries out one order at a time");
      isBusy = true;
      try {
        return await new Run(parts, order, talk).outcome();
      } finally {
        isBusy = false;
      }
    },
    stop: () => {
      plugin.stop();
      server.stop();
    },
  };
}
