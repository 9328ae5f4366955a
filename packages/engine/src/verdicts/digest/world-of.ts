import type { DocumentVerdict, Refusal } from "../../changes/change-verdict.ts";
import { documentKey } from "../../documents/description.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { TenantQuotaVerdict } from "../quota/tenant-quota.ts";
import type { RiskFinding, RiskVerdict } from "../risk/terms/risk-verdict.ts";
import { sortedBy } from "./sorted-by.ts";

/** What was read for a preview, and judged of it. */
export interface World {
  readonly stacks: readonly StackVerdict[];
  readonly quota: readonly Pick<TenantQuotaVerdict, "tenant" | "cluster" | "verdict">[];
  readonly risk: Pick<RiskVerdict, "findings">;
}

/**
 * What was read for a preview, as far as it decides what is done and what that risks: what stacks have of the documents,
 * what becomes of each seat, limits and use, and what was found. In whatever order the files were named. How much somebody
 * has written on a disk is left out: machines that run write all the time. So are texts, which tell it.
 */
export function worldOf({ stacks, quota, risk }: World): object {
  return {
    stacks: sortedBy(stacks.map(stackOf), ({ project, stack, cluster }) => [project, stack, cluster]),
    quota: sortedBy(
      quota.map(({ tenant, cluster, verdict }) => ({ tenant, cluster, lines: verdict?.lines })),
      ({ tenant, cluster }) => [tenant, cluster],
    ),
    risk: sortedBy(risk.findings.map(findingOf), (finding) => Object.values(finding)),
  };
}

function stackOf({ project, stack, cluster, verdict, former }: StackVerdict) {
  const known = former.map(({ kind, name, inputs, parts }) => ({ kind, name, inputs, parts }));
  return {
    project,
    stack,
    cluster,
    documents: sortedBy(verdict.documents, (each) => [documentKey(each)]).map(changeOf),
    refusals: codesOf(verdict.refusals),
    former: sortedBy(known, (each) => [documentKey(each)]),
  };
}

/** What it is about. The figures are those of the moment. */
function findingOf({ kind, severity, cluster, document, seats }: RiskFinding) {
  const about = document === undefined ? "" : documentKey(document);
  return { kind, severity, cluster, about, seats: seats.toSorted() };
}

/** Its resources tell of themselves when they are done: in any order. */
function changeOf({ kind, name, change, resources, seats, losses, demand, refusals }: DocumentVerdict) {
  const known = seats.map(({ bytes: _bytes, why: _why, ...seat }) => seat);
  const lost = losses.map(({ bytes: _bytes, ...loss }) => loss);
  return {
    kind,
    name,
    change,
    resources,
    seats: sortedBy(known, (seat) => [seat.name, seat.vmid]),
    losses: sortedBy(lost, (loss) => [loss.seat, loss.vmid]),
    demand: demand && { ...demand, unknown: sortedBy(demand.unknown, ({ what }) => [what]) },
    refusals: codesOf(refusals),
  };
}

function codesOf(refusals: readonly Refusal[]) {
  return sortedBy(
    refusals.map(({ code }) => code),
    (code) => [code],
  );
}
