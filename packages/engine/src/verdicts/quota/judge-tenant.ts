import { addAmounts, classSubject, judgeQuota, type QuotaVerdict, quotaRefusal } from "@coppice/core";
import type { Refusal } from "../../changes/change-verdict.ts";
import { askedAmounts } from "../../ledger/asked-amounts.ts";
import { type TenantMembers, tenantUsed } from "../../ledger/tenant-use.ts";
import type { RecordedDocument } from "../../stack/recorded-stack.ts";
import type { JudgedDocument } from "../judged/judged-document.ts";
import type { TenantQuotaVerdict } from "./tenant-quota.ts";

/** The documents of a tenant on a cluster, and what its pool says. */
export interface TenantQuestion {
  readonly tenant: string;
  readonly cluster: string;
  readonly documents: readonly JudgedDocument[];
  /** What the tenant's stack has, also of documents that were not given. */
  readonly recorded: readonly RecordedDocument[];
  /** Absent where nothing limits the tenant, or nobody could read it. */
  readonly use: TenantMembers | undefined;
}

/**
 * Judges what all documents of a tenant ask for together. What a resource has refused for itself is not refused in the same
 * words again, and asks for nothing of what the others get.
 */
export function judgeTenant(question: TenantQuestion): TenantQuotaVerdict {
  const { tenant, cluster, documents, use } = question;
  const told = { tenant, cluster, unknown: documents.flatMap(({ demand }) => demand.unknown) };
  if (use === undefined) return told;
  const verdict = judged(question, use, documents);
  const going = judged(question, use, documents.filter(isGoing));
  return { ...told, verdict, ...(!going.fits && { refusal: refusalOf(going) }) };
}

function judged(
  { tenant, documents: given, recorded }: TenantQuestion,
  { limits, members }: TenantMembers,
  asking: readonly JudgedDocument[],
): QuotaVerdict {
  const used = tenantUsed(members, { recorded, given });
  const asked = asking.map((document) =>
    askedAmounts({ document, peak: document.demand.peak, recorded }, members),
  );
  return judgeQuota({ tenant, what: whatAsks(asking), limits, used, asked: addAmounts(...asked) });
}

/** Whether the run would come to it. */
function isGoing({ verdict: { change } }: JudgedDocument): boolean {
  return change !== "refused" && change !== "unknown";
}

/** Who asks for anything, in the words of our resources. */
function whatAsks(documents: readonly JudgedDocument[]): string {
  return documents
    .filter(({ verdict: { change } }) => change !== "same")
    .map(({ name }) => classSubject(name))
    .join(" and ");
}

function refusalOf(verdict: QuotaVerdict): Refusal {
  const { message, code } = quotaRefusal(verdict);
  return { message, code };
}
