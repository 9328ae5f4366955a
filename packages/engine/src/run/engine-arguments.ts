import type { RunOrder } from "./run-order.ts";

/** What the engine is called with, beside the order. */
export interface CallPlaces {
  /** Port at which the program is served. */
  readonly programPort: number;
  /** File to which the engine writes its events. */
  readonly eventLog: string;
}

/** The engine's arguments for an order: one start, without a question and without a preview of its own. */
export function engineArguments(order: RunOrder, { programPort, eventLog }: CallPlaces): string[] {
  const { verb, stack, message, who, targets, isTrial = false, isRefreshed = false } = order;
  const args = [verb, "--stack", stack, "--message", message, "--exec-agent", `coppice/${who}`];
  args.push(`--client=127.0.0.1:${programPort}`, "--exec-kind", "auto.inline", "--event-log", eventLog);
  args.push("--non-interactive", "--color", "never", "--suppress-outputs");
  if (isTrial) args.push("--preview-only");
  else if (verb !== "preview") args.push("--yes", "--skip-preview");
  if (isRefreshed) args.push("--refresh");
  if (runsProgram(order)) args.push("--run-program=true");
  for (const urn of targets ?? []) args.push("--target", urn);
  if (targets !== undefined) args.push("--target-dependents");
  return args;
}

/** Else the engine would go by the clusters that the state remembers, whose credentials may have moved since. */
function runsProgram({ verb, documents }: RunOrder): boolean {
  return (verb === "destroy" || verb === "refresh") && documents.length > 0;
}
