import { previewRemoval, type Removal } from "../operation/destroy-documents.ts";
import type { DocumentsOrder, OperationParts } from "../operation/operation-parts.ts";
import { previewDocuments } from "../operation/preview-documents.ts";
import type { StackVerdict } from "../operation/stack-verdict.ts";
import type { RunTalk } from "../run/run-parts.ts";
import { judgeCost } from "./cost/judge-cost.ts";
import { pricesPart } from "./cost/prices-part.ts";
import { readPaidTenants } from "./cost/read-paid-tenants.ts";
import { descriptionPart } from "./digest/description-part.ts";
import { digestOf } from "./digest/digest-of.ts";
import { worldOf } from "./digest/world-of.ts";
import { judgedDocuments } from "./judged/judged-document.ts";
import { removedDocuments, settledDocuments } from "./judged/settled-documents.ts";
import { judgeTenants } from "./quota/judge-tenants.ts";
import { readTenants } from "./quota/read-tenants.ts";
import { refuseAsking } from "./quota/refuse-asking.ts";
import { judgeRisk } from "./risk/judge-risk.ts";
import { readRiskWorld } from "./risk/read-risk-world.ts";
import type { Verdicts } from "./verdicts.ts";

/** What an operation changes, and what is to be known of it besides. */
export interface JudgedOperation {
  readonly stacks: readonly StackVerdict[];
  readonly verdicts: Verdicts;
}

/** What is to be previewed. */
export interface PreviewRequest {
  readonly order: DocumentsOrder;
  /** What is removed when the documents have been applied. */
  readonly removals?: readonly Removal[];
}

/**
 * Previews documents and judges what would become of them. Changes nothing. What does not fit its tenant's limits is refused
 * in the preview itself, so that nothing applies it.
 *
 * @example
 * const { stacks, verdicts } = await previewOperation(parts, { order }, talk);
 * if (judgedResult(stacks, verdicts) === "would-apply") await applyDocuments(parts, { order, previewed: stacks }, talk);
 */
export async function previewOperation(
  parts: OperationParts,
  { order, removals = [] }: PreviewRequest,
  talk: RunTalk,
): Promise<JudgedOperation> {
  const { documents: given } = order;
  const [previewed, tenants, payers] = await Promise.all([
    previewDocuments(parts, order, talk),
    readTenants(parts, given, talk.signal),
    readPaidTenants(parts, { documents: given, removals }),
  ]);
  const documents = judgedDocuments(given, previewed);
  const quota = judgeTenants({ given, stacks: previewed, documents, tenants });
  const removed = await previewRemoval(parts, { order, removals }, talk);
  const allowed = refuseAsking(previewed, { documents, quota, tenants });
  const stacks = [...allowed, ...removed];
  const risk = judgeRisk(stacks, await readRiskWorld(parts, stacks, talk.signal));
  const now = Date.now();
  const settled = [...settledDocuments(documents, allowed), ...removedDocuments(removed)];
  const priced = { given, documents: settled, tenants: payers, now };
  const cost = judgeCost(priced);
  const digest = digestOf({
    description: descriptionPart(order),
    packages: parts.versions,
    prices: pricesPart(priced),
    world: worldOf({ stacks, quota, risk }),
  });
  return { stacks, verdicts: { quota, ...(cost && { cost }), risk, digest } };
}
