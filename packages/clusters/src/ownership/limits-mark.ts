import { amountNames, CoppiceError, type Limits, parseProperties, stableMark } from "@coppice/core";

/** Raised when what a mark says would be misread by those who know only the former ones. */
const VERSION = 1;

const FORM = / ?\[coppice-limits (\{[^{}]*\}) ([0-9a-f]{16})\]/;

/** A comment that looks as if it set limits, however it was written. */
const SAID = /\[coppice-limits\b/;

/**
 * The comment of a tenant's pool: what people want it to say, and its limits as a mark behind it. The check sum is bound to
 * the pool, so that a mark copied from another pool or changed by hand shows. It is no secret: what keeps a tenant from
 * writing limits is that its token may not write its pool.
 */
export function withLimits(comment: string, poolid: string, limits: Limits): string {
  const named = amountNames.flatMap((name) => (limits[name] === undefined ? [] : [[name, limits[name]]]));
  const text = JSON.stringify({ version: VERSION, ...Object.fromEntries(named) });
  const mark = `[coppice-limits ${text} ${checkSum(poolid, text)}]`;
  const plain = withoutLimits(comment);
  return plain === "" ? mark : `${plain} ${mark}`;
}

/** What a pool's comment says beside its limits. */
export function withoutLimits(comment: string): string {
  return comment.replace(FORM, "");
}

/** Whether a pool's comment sets limits, however they were written: whether it is a tenant's. */
export function setsLimits(comment: string): boolean {
  return SAID.test(comment);
}

/**
 * The limits that a pool's comment sets; `undefined` where it sets none.
 *
 * @throws CoppiceError `quota.mark` for limits that were written by hand or by a newer version
 */
export function limitsIn(comment: string, poolid: string): Limits | undefined {
  if (!setsLimits(comment)) return undefined;
  const [, text = "", sum] = FORM.exec(comment) ?? [];
  const mark = parseProperties(text);
  if (mark === undefined || sum !== checkSum(poolid, text) || SAID.test(withoutLimits(comment)))
    throw unusable(poolid, "they were written or changed by hand");
  if (mark["version"] !== VERSION) throw unusable(poolid, "a newer version of Coppice wrote them");
  return Object.fromEntries(
    amountNames.flatMap((name) => {
      const limit = mark[name];
      if (limit === undefined) return [];
      if (typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 0) return [[name, limit]];
      throw unusable(poolid, `'${name}' is no amount`);
    }),
  );
}

function checkSum(poolid: string, text: string): string {
  return stableMark(["limits", poolid, text]);
}

function unusable(poolid: string, why: string): CoppiceError {
  return new CoppiceError("quota.mark", {
    what: `The limits in the comment of pool '${poolid}' cannot be trusted`,
    why,
    wayOut:
      "Have an operator run the tenant's TenantQuota again, which writes them anew, or update Coppice where it is older",
    details: { poolid },
  });
}
