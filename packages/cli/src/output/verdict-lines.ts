import { amountWords, type Forecast, type Money } from "@coppice/core";
import type { CostVerdict, TenantQuotaVerdict, Verdicts } from "@coppice/engine";
import { moneyWords } from "./money-words.ts";

/**
 * What is to be known beside the change, for people: a block each for limits and cost, and the digest. What it risks
 * has lines of its own.
 */
export function verdictLines({ quota, cost, digest }: Omit<Verdicts, "risk">): string[] {
  return [
    ...quota.flatMap(quotaLines),
    ...(cost === undefined ? [] : costLines(cost)),
    ...unknownLines({ quota, cost }),
    `Digest ${digest.text}`,
  ];
}

const COLUMNS = ["used", "asked", "allowed", "left"] as const;
/** Where each column ends; beside a margin of two the last fits a terminal too. */
const ENDS = [37, 48, 59, 78];

function quotaLines({ tenant, cluster, verdict, refusal }: TenantQuotaVerdict): string[] {
  const head = `Quota of tenant ${tenant} on ${cluster}`;
  const rows = (verdict?.lines ?? []).map(({ name, used, asked, allowed, over }) => {
    const { figure, excess } = amountWords[name];
    const left = over > 0 ? `${figure(over)} ${excess}` : figure(allowed - asked);
    return rowOf(`  ${name}`, [figure(used), figure(asked), figure(allowed), left]);
  });
  const table = rows.length === 0 ? [] : [rowOf(head, COLUMNS), ...rows];
  return [...table, ...(refusal === undefined ? [] : [refusal.message])];
}

function rowOf(first: string, cells: readonly string[]): string {
  return cells.reduce((row, cell, index) => {
    const end = ENDS[index] ?? 0;
    return `${row}${`  ${cell}`.padStart(end - row.length)}`;
  }, first);
}

function costLines({ documents, total, unpriced, refusal }: CostVerdict): string[] {
  const plans = [...new Set(documents.map(({ plan }) => plan))];
  const by = plans.length === 1 ? `plan ${plans.join()}` : `plans ${plans.join(", ")}`;
  return [
    ...(total === undefined ? [] : totalLines(total, by)),
    ...(total?.untilExpiry === undefined ? documents.flatMap(endLine) : []),
    ...unpriced.map(
      ({ tenant, plan }) => `Cost: tenant ${tenant} pays by plan ${plan}, which is not among these documents`,
    ),
    ...(refusal === undefined ? [] : [refusal.message]),
  ];
}

function totalLines({ hour, stoppedHour, month, untilExpiry, moreAMonth }: Forecast, by: string): string[] {
  const until = untilExpiry === undefined ? "" : `; ${moneyWords(untilExpiry)} until it expires`;
  return [
    `Cost by ${by}: ${moneyWords(hour)} an hour running, ${moneyWords(stoppedHour)} stopped`,
    `  ${moneyWords(month)} a month${differenceWords(moreAMonth)}${until}`,
  ];
}

/** Where some of it never ends, what those cost that do. */
function endLine({ kind, name, forecast: { untilExpiry } }: CostVerdict["documents"][number]): string[] {
  if (untilExpiry === undefined) return [];
  return [`  ${kind} ${name}: ${moneyWords(untilExpiry)} until it expires`];
}

function differenceWords(more: Money): string {
  if (more.micros === 0) return ", as now";
  const size = moneyWords({ ...more, micros: Math.abs(more.micros) });
  return `, ${size} ${more.micros > 0 ? "more" : "less"} than now`;
}

/** Said once, though it is missing in both. */
function unknownLines({
  quota,
  cost,
}: {
  quota: Verdicts["quota"];
  cost: CostVerdict | undefined;
}): string[] {
  const all = [...quota.flatMap(({ unknown }) => unknown), ...(cost?.unknown ?? [])];
  const lines = all.map(
    ({ what, amounts, why }) => `Not counted: ${amounts.join(", ")} of ${what}, since ${why}`,
  );
  return [...new Set(lines)];
}
