/** A quotient of whole numbers, rounded once to the nearest, ties to even. The divisor is positive. */
export function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const size = value < 0n ? -value : value;
  const quotient = size / divisor;
  const twice = (size % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return value < 0n ? -rounded : rounded;
}
