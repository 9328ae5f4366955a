import { type AmountName, type Amounts, amountNames } from "../amounts/amounts.ts";

/** What may be used at most; what is not named has no limit. */
export type Limits = Partial<Amounts>;

/** What is asked for, and what there is. */
export interface QuotaQuestion {
  /** Whose limits they are. */
  readonly tenant: string;
  /** What asks, as a sentence has it: `class "networks-101"`. */
  readonly what: string;
  readonly limits: Limits;
  readonly used: Amounts;
  /** What runs at the same time have been promised. */
  readonly reserved?: Amounts;
  /** What is asked for beyond what it has; below zero where it gives something back. */
  readonly asked: Amounts;
}

/** One limit and what is asked of it. */
export interface QuotaLine {
  readonly name: AmountName;
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly asked: number;
  /** How much may still be asked for. */
  readonly allowed: number;
  /** How much of what is asked for is too much. */
  readonly over: number;
}

/** Whether something fits the limits of its tenant. Plain values, so that it can be told, kept and sent. */
export interface QuotaVerdict {
  readonly tenant: string;
  readonly what: string;
  /** One for each limit. */
  readonly lines: readonly QuotaLine[];
  readonly fits: boolean;
}

/**
 * Judges whether what is asked for fits the limits. Whoever asks for nothing more of something always fits, also where more
 * is used than may be: people must be able to give back.
 *
 * @example judgeQuota({ tenant: "acme", what: 'class "lab"', limits: { machines: 40 }, used, asked }).fits
 */
export function judgeQuota({ tenant, what, limits, used, reserved, asked }: QuotaQuestion): QuotaVerdict {
  const lines = amountNames.flatMap((name) => {
    const limit = limits[name];
    if (limit === undefined) return [];
    return [lineOf(name, { limit, used: used[name], reserved: reserved?.[name] ?? 0, asked: asked[name] })];
  });
  return { tenant, what, lines, fits: lines.every(({ over }) => over === 0) };
}

type Figures = Pick<QuotaLine, "limit" | "used" | "reserved" | "asked">;

function lineOf(name: AmountName, figures: Figures): QuotaLine {
  const { limit, used, reserved, asked } = figures;
  const allowed = Math.max(limit - used - reserved, 0);
  return { name, ...figures, allowed, over: Math.max(asked, 0) > allowed ? asked - allowed : 0 };
}
