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

/** What a pool's comment says beside its limits, also beside some that nobody can read. */
export function withoutLimits(comment: string): string {
  return comment.replace(FORM, "").replace(/ ?\[coppice-limits\b[^\]]*\]?/g, "");
}

/** Whether a pool's comment sets limits, however they were written: whether it is a tenant's. */
export function setsLimits(comment: string): boolean {
  return SAID.test(comment);
}

/** The limits that a pool's comment sets, or why nobody can trust them. */
export type LimitsMark =
  | { readonly limits: Limits }
  | { readonly problem: "by hand" | "newer"; readonly why: string };

/** Reads the limits that a pool's comment sets; `undefined` where it sets none. */
export function readLimitsMark(comment: string, poolid: string): LimitsMark | undefined {
  if (!setsLimits(comment)) return undefined;
  const [, text = "", sum] = FORM.exec(comment) ?? [];
  const mark = parseProperties(text);
  const isOurs = sum === checkSum(poolid, text) && !SAID.test(comment.replace(FORM, ""));
  if (mark === undefined || !isOurs)
    return { problem: "by hand", why: "they were written or changed by hand" };
  if (mark["version"] !== VERSION) return { problem: "newer", why: "a newer version of Coppice wrote them" };
  const wrong = amountNames.find((name) => mark[name] !== undefined && !isAmount(mark[name]));
  if (wrong !== undefined) return { problem: "by hand", why: `'${wrong}' is no amount` };
  const named = amountNames.filter((name) => mark[name] !== undefined);
  return { limits: Object.fromEntries(named.map((name) => [name, mark[name]])) };
}

/**
 * The limits that a pool's comment sets; `undefined` where it sets none.
 *
 * @throws CoppiceError `quota.mark` for limits that were written by hand or by a newer version
 */
export function limitsIn(comment: string, poolid: string): Limits | undefined {
  const mark = readLimitsMark(comment, poolid);
  if (mark !== undefined && "problem" in mark) throw unusableLimits(poolid, mark.why);
  return mark?.limits;
}

function isAmount(limit: unknown): boolean {
  return typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 0;
}

function checkSum(poolid: string, text: string): string {
  return stableMark(["limits", poolid, text]);
}

/** The refusal of limits that nobody can trust. */
export function unusableLimits(poolid: string, why: string): CoppiceError {
  return new CoppiceError("quota.mark", {
    what: `The limits in the comment of pool '${poolid}' cannot be trusted`,
    why,
    wayOut:
      "Have an operator apply the tenant's TenantQuota with --refresh, which writes them anew, or update Coppice where it is older",
    details: { poolid },
  });
}
