import type { ChangeVerdict } from "../changes/change-verdict.ts";
import { findChanges } from "../changes/find-changes.ts";
import type { WrittenBytes } from "../changes/seat-changes.ts";
import { type Description, documentKey } from "../documents/description.ts";
import type { RunTalk } from "../run/run-parts.ts";
import type { OperationParts } from "./operation-parts.ts";
import type { StackPlan } from "./stack-plan.ts";
import { runStack, type StackResult, type StackWork } from "./stack-run.ts";

/**
 * Runs a step. Where a preview removes a resource of a document, what its machines hold is read besides: the engine asks a
 * provider nothing before it removes, and the teacher's machine that goes with `teacher: true` is the one with the work on it.
 */
export async function weighedRun(
  parts: OperationParts,
  work: StackWork,
  talk: RunTalk,
): Promise<Pick<StackResult, "outcome" | "verdict">> {
  const { events, outcome, verdict } = await runStack(parts, work, talk);
  const losing = work.step.verb === "preview" ? losingDocuments(work.plan, verdict) : [];
  if (losing.length === 0) return { outcome, verdict };
  const written = await readWritten(parts, { ...work, losing }, talk);
  const { targets: documents } = work.step;
  const { recorded } = work.plan;
  return { outcome, verdict: findChanges({ events, outcome, documents, recorded, written }) };
}

/** What the stack has of documents that lose machines together with their resource. */
function losingDocuments({ declared }: StackPlan, { documents }: ChangeVerdict): Description[] {
  const losing = documents.filter(({ resources, losses }) => "delete" in resources && losses.length > 0);
  const keys = new Set(losing.map(documentKey));
  return declared.filter((each) => keys.has(documentKey(each)));
}

async function readWritten(
  parts: OperationParts,
  { plan, order, losing }: StackWork & { readonly losing: readonly Description[] },
  talk: RunTalk,
): Promise<WrittenBytes> {
  const step = { verb: "refresh", documents: losing, targets: losing, isTrial: true } as const;
  const { verdict } = await runStack(parts, { plan, order, step }, talk);
  const seats = verdict.documents.flatMap((document) => document.seats);
  return new Map(seats.flatMap(({ vmid, bytes }) => (bytes === undefined ? [] : [[vmid, bytes] as const])));
}
