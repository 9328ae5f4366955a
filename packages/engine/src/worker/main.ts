// The program of a worker process: it carries out what its parent orders, and ends when the parent is gone.

import { leaseLost } from "../lease/lease-lost.ts";
import { type Engine, startEngine } from "../run/engine.ts";
import type { RunOrder } from "../run/run-order.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

let begun: Promise<Engine> | undefined;
let running: AbortController | undefined;

process.on("message", (message: ToWorker) => {
  if (message.kind === "stop")
    running?.abort(message.isLeaseLost ? leaseLost("its holder says so") : undefined);
  else if (message.kind === "run") void run(message.order);
  else begun = begin(message);
});
process.on("disconnect", () => {
  if (running === undefined) process.exit();
  running.abort();
});

async function begin({ home, pulumi, patience }: Extract<ToWorker, { kind: "begin" }>): Promise<Engine> {
  const engine = await startEngine({ home, pulumi, patience, environment: process.env });
  await engine.warm();
  tell({ kind: "ready" });
  return engine;
}

async function run(order: RunOrder): Promise<void> {
  running = new AbortController();
  const engine = await begun;
  if (engine === undefined) throw new Error("a worker was given an order before it had begun");
  const outcome = await engine.run(order, {
    signal: running.signal,
    tell: (event) => tell({ kind: "event", event }),
    started: (pid) => tell({ kind: "engine", pid }),
  });
  running = undefined;
  if (!process.connected) process.exit();
  tell({ kind: "outcome", outcome });
}

function tell(message: FromWorker): void {
  // A parent that is gone is noticed by `disconnect`.
  if (process.connected) process.send?.(message, () => undefined);
}
