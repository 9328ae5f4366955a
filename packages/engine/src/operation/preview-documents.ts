import { CoppiceError, type ErrorCode } from "@coppice/core";
import type { ChangeVerdict, DocumentVerdict, Refusal } from "../changes/change-verdict.ts";
import { isRefusal } from "../changes/is-refusal.ts";
import { type Description, documentKey } from "../documents/description.ts";
import type { RunTalk } from "../run/run-parts.ts";
import { afterBoth } from "./after-both.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";
import { planStack, type StackPlan, stackShares } from "./stack-plan.ts";
import type { StackStep } from "./stack-run.ts";
import { type StackVerdict, stackVerdict } from "./stack-verdict.ts";
import { weighedRun } from "./weighed-run.ts";
import { withNewPools } from "./with-new-pools.ts";

/** What would become of documents: refused by a rule or by what there is, or not to be told. */
export type PreviewResult = "would-apply" | "refused" | "unknown";

/**
 * Tells what applying documents would do, and does nothing. A document that is refused does not hold up another one.
 *
 * @example
 * const stacks = await previewDocuments(parts, { documents, clusters, environment: process.env, message: "", who }, talk);
 */
export async function previewDocuments(
  parts: OperationParts,
  order: DocumentsOrder,
  talk: RunTalk,
): Promise<StackVerdict[]> {
  const stacks: StackVerdict[] = [];
  const plans: StackPlan[] = [];
  for (const share of stackShares(order.documents)) {
    const plan = await planStack(parts, share, { plans });
    plans.push(plan);
    const known = { cluster: share.cluster, given: order.documents, stacks };
    const seen = { ...plan, given: withNewPools(plan.given, known) };
    const [verdict, silence] = await Promise.all([
      eachByItself(parts, { plan: seen, order, verb: "preview" }, talk),
      whySilent(parts, share.cluster, talk),
    ]);
    stacks.push(stackVerdict(plan, isUnasked(verdict) ? { ...verdict, refusals: silence } : verdict));
  }
  return stacks;
}

/** Why a cluster does not answer; empty where it does. */
async function whySilent(parts: OperationParts, cluster: string, { signal }: RunTalk): Promise<Refusal[]> {
  try {
    await parts.knock(cluster, signal);
    return [];
  } catch (error) {
    if (!CoppiceError.is(error)) throw error;
    return [{ message: error.message, code: error.code }];
  }
}

/** Of what is declared as before the provider asks nothing: such a preview would say that all is well of a cluster that is gone. */
function isUnasked({ documents, refusals }: ChangeVerdict): boolean {
  return refusals.length === 0 && documents.every(({ change }) => change === "same");
}

/** How it ends for all stacks together. */
export function previewResult(stacks: readonly StackVerdict[]): PreviewResult {
  const refusals = stacks.flatMap(({ verdict }) => [
    ...verdict.refusals,
    ...verdict.documents.flatMap((document) => document.refusals),
  ]);
  const isOpen = stacks.some(({ verdict }) => verdict.documents.some(({ change }) => change === "open"));
  if (refusals.length === 0) return isOpen ? "unknown" : "would-apply";
  return refusals.every(isRefusal) ? "refused" : "unknown";
}

/** What is to be run, until nobody is held up any more. */
export interface Persistence {
  readonly plan: StackPlan;
  readonly order: DocumentsOrder;
  readonly verb: StackStep["verb"];
}

/** Runs for all documents; where one is refused, again for those that the run did not come to. */
export async function eachByItself(
  parts: OperationParts,
  { plan, order, verb }: Persistence,
  talk: RunTalk,
): Promise<ChangeVerdict> {
  const before = new Set(plan.recorded.map(documentKey));
  const known = new Map<string, DocumentVerdict>();
  const warnings = new Set<string>();
  const refusals = new Map<string, Refusal>();
  let open: readonly Description[] = plan.given;
  for (;;) {
    const step = { verb, documents: open, targets: open };
    const { outcome, verdict } = await weighedRun(parts, { plan, order, step }, talk);
    for (const warning of verdict.warnings) warnings.add(warning);
    for (const refusal of verdict.refusals) refusals.set(refusal.message, refusal);
    for (const each of verdict.documents) {
      const key = documentKey(each);
      known.set(key, afterBoth(known.get(key), each, before.has(key)));
    }
    const next = open.filter((each) => known.get(documentKey(each))?.change === "open");
    const isHopeless =
      next.length === 0 ||
      next.length === open.length ||
      outcome.result === "cancelled" ||
      outcome.failures.some(({ code }) => code !== undefined && WHOLE.has(code));
    if (isHopeless) {
      return {
        documents: [...known.values()],
        refusals: [...refusals.values()],
        warnings: [...warnings],
      };
    }
    open = next;
  }
}

/** What hits every document of a cluster alike. */
const WHOLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "provider.config",
  "pve.certificate-mismatch",
  "pve.certificate-rejected",
  "pve.connection",
  "pve.unauthorized",
]);
