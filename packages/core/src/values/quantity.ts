import { CoppiceError } from "../errors/coppice-error.ts";

/** A family of units: what it measures, and each unit's size in the smallest whole amount. */
export interface UnitFamily<Unit extends string> {
  /** What a reader calls a value, for example `size`. */
  readonly noun: string;
  /** What one unit of the result is called, for example `byte`. */
  readonly base: string;
  /** A correct value to show in a refusal. */
  readonly example: string;
  /** Units from smallest to largest. */
  readonly units: ReadonlyMap<Unit, number>;
}

const shape = /^(\d{1,16})(?:\.(\d{1,16}))?([A-Za-z]+)$/;

/** Reads `"1.5GiB"` and the like exactly, or refuses with the reason. Never rounds. */
export function parseQuantity<Unit extends string>(text: string, family: UnitFamily<Unit>): number {
  const match = shape.exec(text);
  if (!match) throw refusal(text, family, `it is not a plain number followed by ${unitList(family)}`);
  const [, whole = "", fraction = "", unit = ""] = match;
  const factor = factorOf(unit, family);
  if (factor === undefined) throw refusal(text, family, unknownUnit(unit, family));
  const scaled = BigInt(whole + fraction) * BigInt(factor);
  const divisor = 10n ** BigInt(fraction.length);
  if (scaled % divisor !== 0n) throw refusal(text, family, `it is not a whole number of ${family.base}s`);
  const value = scaled / divisor;
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw refusal(text, family, "it is too large to be counted exactly");
  return Number(value);
}

/** Writes a whole amount exactly, in the largest unit that divides it, else as a decimal of the smallest. */
export function formatQuantity<Unit extends string>(
  amount: number,
  family: UnitFamily<Unit>,
): `${number}${Unit}` {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw refusal(
      String(amount),
      family,
      `only whole, non-negative numbers of ${family.base}s can be written`,
    );
  }
  const units = [...family.units].reverse();
  const even = units.find(([, factor]) => amount !== 0 && amount % factor === 0);
  const [unit, factor] = even ?? units.at(-1) ?? unreachable(family);
  return `${decimal(amount, factor)}${unit}`;
}

/** The factors are powers of two or 1, so every quotient is a short decimal. */
function decimal(amount: number, factor: number): `${number}` {
  const whole = Math.floor(amount / factor);
  const digits = String((BigInt(amount % factor) * 10n ** 12n) / BigInt(factor)).padStart(12, "0");
  const fraction = digits.replace(/0+$/, "");
  // A decimal written without exponent: exactly what `${number}` describes, which the compiler cannot see.
  return (fraction ? `${whole}.${fraction}` : `${whole}`) as `${number}`; // as: see the line above
}

function factorOf<Unit extends string>(unit: string, family: UnitFamily<Unit>): number | undefined {
  for (const [name, factor] of family.units) if (name === unit) return factor;
  return undefined;
}

function unknownUnit<Unit extends string>(unit: string, family: UnitFamily<Unit>): string {
  const near = [...family.units.keys()].find((name) => looseName(name) === looseName(unit));
  return `the unit "${unit}" is unknown${near ? ` (did you mean "${near}"?)` : ""}; known are ${unitList(family)}`;
}

/** GB, gb and Gib are what people type for GiB. */
function looseName(unit: string): string {
  const lower = unit.toLowerCase();
  return lower.length > 1 ? lower.replace(/^([kmgt])i?b?$/, "$1") : lower;
}

function unitList<Unit extends string>(family: UnitFamily<Unit>): string {
  return [...family.units.keys()].join(", ");
}

function refusal<Unit extends string>(text: string, family: UnitFamily<Unit>, why: string): CoppiceError {
  return new CoppiceError("unit.invalid", {
    what: `${JSON.stringify(text.slice(0, 60))} is not a ${family.noun}`,
    why,
    wayOut: `Write it like "${family.example}"`,
  });
}

function unreachable<Unit extends string>(family: UnitFamily<Unit>): never {
  throw new CoppiceError("unit.invalid", { what: `The ${family.noun} family has no units` });
}
