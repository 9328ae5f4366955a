import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { TenantQuotaVerdict } from "../quota/tenant-quota.ts";

/**
 * What was read for a preview, as far as it decides what is done: what stacks have of the documents, what becomes of each
 * seat, limits and use. How much somebody has written on a disk is left out: machines that run write all the time. So are
 * texts, which tell it.
 */
export function worldOf(
  stacks: readonly StackVerdict[],
  quota: readonly Pick<TenantQuotaVerdict, "tenant" | "cluster" | "verdict">[],
): object {
  return {
    stacks: stacks.map(({ project, stack, cluster, verdict, former }) => ({
      project,
      stack,
      cluster,
      documents: verdict.documents.map(changeOf),
      refusals: verdict.refusals.map(({ code }) => code),
      former: former.map(({ kind, name, inputs, parts }) => ({ kind, name, inputs, parts })),
    })),
    quota: quota.map(({ tenant, cluster, verdict }) => ({ tenant, cluster, lines: verdict?.lines })),
  };
}

function changeOf({
  kind,
  name,
  change,
  resources,
  seats,
  losses,
  demand,
  refusals,
}: DocumentVerdict): object {
  return {
    kind,
    name,
    change,
    resources,
    seats: seats.map(({ bytes: _bytes, why: _why, ...seat }) => seat),
    losses: losses.map(({ bytes: _bytes, ...loss }) => loss),
    demand,
    refusals: refusals.map(({ code }) => code),
  };
}
