import { holdStack } from "../lease/hold-stack.ts";
import type { RunTalk } from "../run/run-parts.ts";
import type { DocumentsOrder, OperationParts, OperationTalk } from "./operation-parts.ts";
import { eachByItself, type StackVerdict, stackVerdict } from "./preview-documents.ts";
import { keyOf, planStack, type StackShare, stackShares } from "./stack-plan.ts";

/**
 * Makes what documents describe, stack by stack, while nobody else changes that stack. `previewed` says which documents
 * there is anything to do for: the others are not touched, and what was refused is not tried.
 */
export async function applyDocuments(
  parts: OperationParts,
  { order, previewed }: { order: DocumentsOrder; previewed: readonly StackVerdict[] },
  talk: OperationTalk,
): Promise<StackVerdict[]> {
  const applied: StackVerdict[] = [];
  for (const share of stackShares(order.documents)) {
    const only = toDo(previewed, share);
    if (only.size > 0) {
      applied.push(
        await whileHeld(parts, { share, order, talk }, async (talk) => {
          // Somebody else may have had the stack since the preview.
          const plan = await planStack(parts, share);
          return stackVerdict(plan, await eachByItself(parts, { plan, order, verb: "up", only }, talk));
        }),
      );
    }
  }
  return applied;
}

/** Works on a stack while nobody else does. */
export async function whileHeld<T>(
  { home }: OperationParts,
  {
    share,
    order,
    talk,
  }: { share: Pick<StackShare, "project" | "stack">; order: DocumentsOrder; talk: OperationTalk },
  work: (talk: RunTalk) => Promise<T>,
): Promise<T> {
  const { project, stack } = share;
  const request = { who: order.who, signal: talk.signal, ...(talk.waits && { waits: talk.waits }) };
  return await holdStack(home, { project, stack }, request, async (lease) =>
    work({
      tell: (event) => talk.tell(event),
      signal: AbortSignal.any([talk.signal, lease.lost]),
      started: (pid) => {
        talk.started?.(pid);
        // Where that cannot be written, the lease is lost soon, which ends the run.
        lease.engineStarted(pid).catch(() => undefined);
      },
    }),
  );
}

function toDo(previewed: readonly StackVerdict[], { project, stack }: StackShare): ReadonlySet<string> {
  const own = previewed.filter((each) => each.project === project && each.stack === stack);
  const documents = own.flatMap(({ verdict }) => verdict.documents);
  return new Set(documents.filter(({ change }) => change === "create" || change === "update").map(keyOf));
}
