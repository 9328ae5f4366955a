import { holdStack } from "../lease/hold-stack.ts";
import type { Lease, LeaseRequest } from "../lease/lease.ts";
import type { RunTalk } from "../run/run-parts.ts";
import type { DocumentsOrder, OperationParts, OperationTalk } from "./operation-parts.ts";
import type { StackShare } from "./stack-plan.ts";

/** A stack, and who works on it. */
interface Work {
  readonly share: Pick<StackShare, "project" | "stack">;
  readonly order: Pick<DocumentsOrder, "who">;
  readonly talk: OperationTalk;
}

/**
 * Works on a stack while nobody else does. Every run that changes something is under the stack's lease, which clears away
 * the locks of dead engines; previews and trials lock nothing (`pkg/backend/diy/backend.go`).
 */
export async function whileHeld<T>(
  { home }: OperationParts,
  { share: { project, stack }, order, talk }: Work,
  work: (talk: RunTalk) => Promise<T>,
): Promise<T> {
  return await holdStack(home, { project, stack }, leaseRequest(order, talk), async (lease) =>
    work(heldTalk(talk, lease)),
  );
}

/** How whoever gave an order asks for a lease. */
export function leaseRequest(
  { who }: Work["order"],
  { signal, waits, takenUp }: OperationTalk,
): LeaseRequest {
  return { who, signal, ...(waits && { waits }), ...(takenUp && { takenUp }) };
}

/** What is in hand stops when somebody else may have the stack. */
export function heldTalk(talk: RunTalk, lease: Lease): RunTalk {
  return {
    tell: (event) => talk.tell(event),
    signal: AbortSignal.any([talk.signal, lease.lost]),
    started: (pid) => {
      talk.started?.(pid);
      // Where that cannot be written the lease is lost soon, which ends the run.
      lease.engineStarted(pid).catch(() => undefined);
    },
  };
}
