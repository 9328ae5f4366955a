import { type AmountName, type Amounts, addAmounts, amountNames } from "@coppice/core";

/** What is held of what is asked for: whoever gives something back holds nothing, and makes no room before it is gone. */
export function heldOf(asked: Amounts): Amounts {
  return eachAmount((name) => Math.max(asked[name], 0));
}

/** The amounts among the columns of a row. */
export function amountsIn(row: Amounts): Amounts {
  return eachAmount((name) => row[name]);
}

/** Whether there is nothing of anything. */
export function isNothing(amounts: Amounts): boolean {
  return amountNames.every((name) => amounts[name] === 0);
}

/** The sum over rows. */
export function sumOf(rows: readonly Amounts[]): Amounts {
  return addAmounts(...rows.map(amountsIn));
}

function eachAmount(of: (name: AmountName) => number): Amounts {
  return { machines: of("machines"), cores: of("cores"), memory: of("memory"), storage: of("storage") };
}
