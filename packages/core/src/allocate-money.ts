import { CoppiceError } from "./errors/coppice-error.ts";
import { type Money, moneyOf } from "./money.ts";

/**
 * Splits an amount by whole-number weights so that the parts add up to it exactly. Each part is less
 * than one micro-unit away from its fair share; what rounding leaves goes to the largest remainders,
 * the earlier part first when equal.
 *
 * @example allocateMoney(parseMoney("1", "EUR"), [1, 1, 1]) // 0.333334, 0.333333, 0.333333
 */
export function allocateMoney(total: Money, weights: readonly number[]): Money[] {
  const sum = assertWeights(weights).reduce((left, right) => left + right, 0n);
  const size = BigInt(Math.abs(total.micros));
  const shares = weights.map((weight, index) => {
    const exact = size * BigInt(weight);
    return { index, whole: exact / sum, remainder: exact % sum };
  });
  const leftOver = size - shares.reduce((given, share) => given + share.whole, 0n);
  const lucky = new Set(
    [...shares]
      .sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index)
      .slice(0, Number(leftOver))
      .map((share) => share.index),
  );
  const sign = Math.sign(total.micros);
  return shares.map(({ index, whole }) =>
    moneyOf(sign * Number(whole + (lucky.has(index) ? 1n : 0n)), total.currency),
  );
}

function assertWeights(weights: readonly number[]): bigint[] {
  const usable = weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0);
  if (usable && weights.some((weight) => weight > 0)) return weights.map(BigInt);
  throw new CoppiceError("money.invalid", {
    what: `An amount cannot be split by the weights [${weights.slice(0, 20).join(", ")}]`,
    why: "weights are whole numbers from 0 on, and at least one is more than 0",
  });
}
